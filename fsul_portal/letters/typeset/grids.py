"""Draw a table of a letter in Word."""

from collections.abc import Mapping

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.shared import Length, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from fsul_portal.letters.content import Cell
from fsul_portal.letters.typeset.layout import Grid
from fsul_portal.letters.typeset.looks import CENTRE, HEITI, LOOKS, RIGHT, dress, look_of, put

PADDING, SIDE = 3, 5.4
OPINION_HEIGHT = 96  # three lines, the foot and what is between them
FOOT_GAP, LINES_OF_AN_OPINION = 10, 3


def draw_grid(document: Document, grid: Grid, width: Length) -> None:
    """Add the table at the end of the document, as wide as the text."""
    table = document.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    # Word lets a table begin left of the text, by the padding of its cells.
    put(table._tbl.tblPr, "w:tblInd", None, w=str(round(SIDE * 20)), type="dxa")
    widths = [Length(int(width * share / 100)) for share in grid.columns]
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    for number, cells in enumerate(grid.rows):
        _draw_row(table.add_row(), cells, widths, is_head=number < grid.heads)


def _draw_row(row: _Row, cells: tuple[Cell, ...], widths: list[Length], *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if is_head else ())):
        properties.append(OxmlElement(name))
    if any(cell.foot for cell in cells):
        row.height, row.height_rule = Pt(OPINION_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
    at = 0
    for cell in cells:
        last = at + cell.span - 1
        drawn = row.cells[at].merge(row.cells[last]) if cell.span > 1 else row.cells[at]
        drawn.width = Length(sum(widths[at : last + 1]))
        _draw_cell(drawn, cell, is_label=cell.is_label or is_head)
        at = last + 1


def _draw_cell(drawn: _Cell, cell: Cell, *, is_label: bool) -> None:
    pad(drawn, {"top": PADDING, "left": SIDE, "bottom": PADDING, "right": SIDE})
    drawn.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = drawn.paragraphs[0]
    _write(paragraph, cell.text, is_label=is_label)
    if cell.foot:
        foot = drawn.add_paragraph()
        _write(foot, cell.foot, is_label=False)
        foot.alignment, foot.paragraph_format.right_indent = RIGHT, Pt(12)
        missing = max(0, LINES_OF_AN_OPINION - 1 - cell.text.count("\n"))
        foot.paragraph_format.space_before = Pt(FOOT_GAP + missing * look_of("grid").line)


def _write(paragraph: Paragraph, text: str, *, is_label: bool) -> None:
    paragraph._p.style = LOOKS["grid"].name
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        run = paragraph.add_run(line)
        if is_label:
            dress(run._r.get_or_add_rPr(), HEITI)
    if is_label:
        paragraph.alignment = CENTRE


def pad(drawn: _Cell, sides: Mapping[str, float]) -> None:
    """Set the inner margins of a cell, in points."""
    margins = OxmlElement("w:tcMar")
    for side, points in sides.items():
        put(margins, f"w:{side}", None, w=str(round(points * 20)), type="dxa")
    drawn._tc.get_or_add_tcPr().append(margins)
