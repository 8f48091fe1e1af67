"""Draw the imprint of a letter in Word, at the foot of its last page."""

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from fsul_portal.letters.typeset.grids import pad
from fsul_portal.letters.typeset.layout import IMPRINT_CHARACTER, IMPRINT_PADDING, MARGINS_MM, Block, Imprint
from fsul_portal.letters.typeset.looks import LOOKS, RIGHT, put

# A table that floats stands at the foot of the page on which the paragraph behind it stands. Across it is placed by the
# page: by the margin, LibreOffice lets none float that is as wide as the text.
PLACE = {"vertAnchor": "margin", "tblpYSpec": "bottom", "horzAnchor": "page"}
THICK, THIN = "8", "6"  # eighths of a point: 0.35 mm and 0.25 mm
ASIDE = 12  # characters for the day of printing


def draw_imprint(document: Document, imprint: Imprint, width: Length) -> None:
    """Add the imprint as a table at the foot of the page, and the paragraph that holds it there."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    widths = [Length(width - Pt(ASIDE * IMPRINT_CHARACTER)), Pt(ASIDE * IMPRINT_CHARACTER)]
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    for block in imprint.blocks:
        _draw(table, block, widths)
    _float(table, width)
    document.add_paragraph()._p.style = LOOKS[imprint.style].name


def _draw(table: Table, block: Block, widths: list[Length]) -> None:
    # python-docx says of most methods what they return, of this one not.
    left, right = table.add_row().cells  # type: ignore[no-untyped-call]
    left.width, right.width = widths
    sides = {"top": IMPRINT_PADDING, "left": IMPRINT_CHARACTER, "bottom": IMPRINT_PADDING, "right": 0}
    if not block.aside:
        pad(left.merge(right), sides)
    else:
        pad(left, sides)
        pad(right, {**sides, "left": 0, "right": IMPRINT_CHARACTER})
        right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        _write(right, block.style, block.aside).alignment = RIGHT
    paragraph = _write(left, block.style, block.head + block.lines[0], *block.lines[1:])
    hang = Pt(len(block.head) * IMPRINT_CHARACTER)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = hang, Length(-hang)


def _write(cell: _Cell, style: str, *lines: str) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph._p.style = LOOKS[style].name
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)
    return paragraph


def _float(table: Table, width: Length) -> None:
    properties = table._tbl.tblPr
    whole = properties.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), _twips(width))
    place, borders, margins = (OxmlElement(name) for name in ("w:tblpPr", "w:tblBorders", "w:tblCellMar"))
    for name, value in {**PLACE, "tblpX": _twips(Mm(MARGINS_MM["left"]))}.items():
        place.set(qn(f"w:{name}"), value)
    for side, size in (("top", THICK), ("bottom", THICK), ("insideH", THIN)):
        put(borders, f"w:{side}", "single", sz=size, space="0", color="000000")
    # Word lets a table begin left of its place, by the padding of its cells: theirs is set cell by cell.
    for side in ("left", "right"):
        put(margins, f"w:{side}", None, w="0", type="dxa")
    # The order of the elements of a table is fixed.
    whole.addprevious(place)
    properties.insert_element_before(borders, "w:tblLayout", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def _twips(length: Length) -> str:
    return str(round(length.pt * 20))
