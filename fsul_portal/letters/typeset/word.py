"""Write a letter as DOCX: the same blocks as the PDF, with styles that are named after the parts."""

import io
import zipfile
from datetime import UTC, datetime

from django.utils.translation import override
from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from fsul_portal.grammar.words import enumerated, reads_english
from fsul_portal.letters.content import Kind, Letter, tidied
from fsul_portal.letters.offers import LANGUAGE_OF_PAPERS
from fsul_portal.letters.typeset.grids import draw_grid
from fsul_portal.letters.typeset.imprint import draw_imprint
from fsul_portal.letters.typeset.layout import (
    GRID_GAP,
    MARGINS_MM,
    Block,
    Grid,
    Imprint,
    Part,
    blocks,
    foot,
    running_head,
)
from fsul_portal.letters.typeset.looks import LEFT, LOOKS, RED, RIGHT, Look, dress, look_of, name_styles, put

# The order of the elements of a paragraph is fixed.
AFTER_RULE = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
SIGNATURE = ("signer", "signer-sealed", "signer-next")
FOOT_GAP = 19.4  # so that the page number stands 7 mm below the text, as in the PDF
TEXT_WIDTH = Mm(210 - MARGINS_MM["left"] - MARGINS_MM["right"])


def write_letter(
    letter: Letter, *, made_at: datetime, is_draft: bool = False, language: str = LANGUAGE_OF_PAPERS
) -> bytes:
    """Return the DOCX of a letter, the same bytes for the same letter."""
    with override(language):
        return _write(tidied(letter), made_at, is_draft)


def _write(letter: Letter, made_at: datetime, is_draft: bool) -> bytes:
    document = new_document()
    name_styles(document)
    _set_pages(document, letter, is_draft)
    parts = blocks(letter)
    for before, part, following in zip((None, *parts), parts, (*parts[1:], None), strict=False):
        if isinstance(part, Grid):
            draw_grid(document, part, TEXT_WIDTH)
        elif isinstance(part, Imprint):
            draw_imprint(document, part, TEXT_WIDTH)
        else:
            _keep(_draw(document, part), look_of(part.style), before, following)
    _name_document(document, letter, made_at)
    return _packed(document)


def _set_pages(document: Document, letter: Letter, is_draft: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance, section.header_distance = Mm(12), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        _draw_foot(footer, align, letter)
    words, look = running_head(is_draft=is_draft), LOOKS["draft" if is_draft else "copy"]
    if words:
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].text, header.paragraphs[0].style = words, look.name


def _draw_foot(footer: _Footer, align: WD_ALIGN_PARAGRAPH, letter: Letter) -> None:
    number, check = footer.paragraphs[0], footer.add_paragraph(foot(letter), style=LOOKS["foot"].name)
    number.style, number.alignment = LOOKS["page-number"].name, align
    check.paragraph_format.space_before = Pt(FOOT_GAP)
    if letter.kind == Kind.CERTIFICATE:
        return
    side = number.paragraph_format
    side.left_indent, side.right_indent = (Pt(14), None) if align == LEFT else (None, Pt(14))
    number.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    number.add_run(" —")


def _draw(document: Document, block: Block) -> Paragraph:
    look = look_of(block.style)
    paragraph = document.add_paragraph()
    # Looked up by its name, the library would search all styles for each paragraph: ten times as slow.
    paragraph._p.style = look.name
    if block.head:
        run = paragraph.add_run(block.head)
        if look.head_font:
            dress(run._r.get_or_add_rPr(), look.head_font, look.squeeze)
    for number, line in enumerate(block.lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)
    _place(paragraph, block)
    return paragraph


def _keep(paragraph: Paragraph, look: Look, before: Part | None, following: Part | None) -> None:
    """Keep a paragraph off a table beside it, and with a signature below it."""
    form = paragraph.paragraph_format
    if isinstance(before, Grid):
        form.space_before = Pt(max(look.before, GRID_GAP))
    if isinstance(following, Grid):
        form.space_after = Pt(max(look.after, GRID_GAP))
    if following is not None and following.style in SIGNATURE:
        form.keep_with_next = True


def _place(paragraph: Paragraph, block: Block) -> None:
    form = paragraph.paragraph_format
    if block.right:
        form.right_indent = Pt(block.right_points)
    if block.hang:
        form.left_indent, form.first_line_indent = Pt(block.left_points), Pt(-block.hang_points)
    if block.style == "mark-number":
        rule = OxmlElement("w:pBdr")
        paragraph._p.get_or_add_pPr().insert_element_before(rule, *AFTER_RULE)
        put(rule, "w:bottom", "single", sz="12", space="8", color=str(RED))


def _name_document(document: Document, letter: Letter, made_at: datetime) -> None:
    core = document.core_properties
    core.title, core.author, core.subject = letter.title[:255], enumerated(letter.signers)[:255], letter.number[:255]
    core.created = core.modified = made_at.astimezone(UTC)
    core.language = "en-GB" if reads_english() else "zh-CN"
    core.comments, core.last_modified_by = "", ""


def _packed(document: Document) -> bytes:
    """Pack the parts again with one time for all of them: the library writes the clock's."""
    drawn, packed = io.BytesIO(), io.BytesIO()
    document.save(drawn)
    with zipfile.ZipFile(drawn) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            out.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
