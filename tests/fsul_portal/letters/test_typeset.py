"""Hold the two writers to one print layout: the same words, the same pages, the measures of GB/T 9704."""

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise

import pytest
from docx import Document
from docx.shared import Mm
from pdfua import validate

from fsul_portal.letters.typeset.layout import STYLES, blocks
from fsul_portal.letters.typeset.looks import INSTEAD, LOOKS
from tests.fsul_portal.letters.conftest import pages_of, printed, word_of, written
from tests.fsul_portal.letters.samples import ALL, CERTIFICATE, CHECK, GRID, LETTER, NOTICE, RECEIPT

POINTS_A_MM = 72 / 25.4
FOOT = f"核验码：{CHECK.code}核验网址：{CHECK.address}"

every_kind = pytest.mark.parametrize("name", ALL)


def squeezed(text):
    return re.sub(r"\s", "", text)


def paragraphs(document):
    """Return the text of each paragraph of a DOCX, those of tables in their place; a merged cell counts once."""
    found = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            cells = {cell._tc: cell for row in part.rows for cell in row.cells}
            found += [one.text for cell in cells.values() for one in cell.paragraphs]
        else:
            found.append(part.text)
    return [squeezed(text) for text in found if text.strip()]


def styles_of(block):
    return {block.style, *(one.style for one in getattr(block, "blocks", ()))}


def text_by_poppler(content, tmp_path):
    """Return what copying from the PDF gives, without what stands at the foot of each page."""
    (tmp_path / "one.pdf").write_bytes(content)
    command = ["pdftotext", "-enc", "UTF-8", "-raw", str(tmp_path / "one.pdf"), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")
    return "".join(re.sub(r"—\d+—", "", squeezed(page).replace(FOOT, "")) for page in pages)


def runs(page):
    """Return (text, left, baseline from the top, size) of each piece of text on a page, in points."""
    found, height = [], float(page.mediabox.height)

    def visit(text, cm, tm, font, size):
        if text.strip():
            left, up = cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]
            found.append((text.strip(), left, height - up, abs(size * tm[3] * cm[3])))

    page.extract_text(visitor_text=visit)
    return found


def size_of(name, text, readers):
    return next(round(size, 1) for found, *__, size in runs(readers[name].pages[0]) if found.startswith(text))


@every_kind
def test_pdf_and_docx_say_the_same(name, pdfs, tmp_path):
    rest = text_by_poppler(pdfs[name], tmp_path)
    for paragraph in paragraphs(word_of(ALL[name])):
        assert rest[: len(paragraph)] == paragraph
        rest = rest[len(paragraph) :]
    assert rest == ""


@every_kind
def test_libreoffice_makes_as_many_pages(name, readers, by_office):
    assert len(by_office[name].pages) == len(readers[name].pages)


@every_kind
def test_the_same_letter_gives_the_same_bytes(name, pdfs):
    assert printed(ALL[name]) == pdfs[name]
    assert written(ALL[name]) == written(ALL[name])


def test_both_writers_know_every_style():
    with open("static/print/letter.css") as file:
        css = file.read()
    assert [style for style in STYLES if not re.search(rf"\.{style}\b", css)] == ["attachment-next"]
    assert set(STYLES) - set(LOOKS) == set()
    used = {style for letter in ALL.values() for block in blocks(letter) for style in styles_of(block)} - {"grid"}
    assert set(STYLES) == used


def test_a_full_page_holds_22_lines_of_28_characters(readers):
    lines = [line for line in readers["grid"].pages[1].extract_text().splitlines() if "图" in line]
    assert [len(line) for line in lines] == [28] * 22


def test_the_margins_are_those_of_the_standard(readers):
    text = [(left, top) for found, left, top, __ in runs(readers["grid"].pages[1]) if "图" in found]
    page = readers["grid"].pages[1].mediabox
    assert [round(float(side) / POINTS_A_MM) for side in (page.width, page.height)] == [210, 297]
    assert {round(left / POINTS_A_MM) for left, __ in text} == {28}
    # The first line stands in the middle of its 28.95 pt: its foot is about 21 pt below the margin of 37 mm.
    tops = sorted({top for __, top in text})
    assert 37 * POINTS_A_MM + 18 < tops[0] < 37 * POINTS_A_MM + 24
    assert tops[-1] < (297 - 35) * POINTS_A_MM
    assert {round(below - above, 1) for above, below in pairwise(tops)} <= {28.9, 29.0}


@pytest.mark.parametrize(
    ("name", "text", "size"),
    [
        ("notice", "关于召开", 22),
        ("notice", "各成员单位", 16),
        ("notice", "根据工作安排", 16),
        ("notice", "核验码", 8),
        ("letter", "佛山市联合图书馆专业委员会", 26),
        ("form", "NH003", 12),
        ("certificate", "培训证书", 36),
    ],
)
def test_letters_have_their_sizes(name, text, size, readers):
    assert size_of(name, text, readers) == size


@every_kind
def test_the_docx_has_the_same_page(name):
    section = word_of(ALL[name]).sections[0]
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_docx_names_the_parts_and_the_fonts_of_officials():
    document = word_of(NOTICE)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"公文标题", "主送机关", "公文正文", "一级标题", "附件说明", "成文日期"} <= styles
    assert document.styles["公文正文"].font.size.pt == 16
    fonts = next(part for part in document.part.package.iter_parts() if "fontTable" in part.partname).blob.decode()
    assert [font for font in INSTEAD if f'w:name="{font}"' not in fonts] == []


def test_every_page_carries_its_number_on_the_outer_side(readers):
    for number, page in enumerate(readers["long"].pages, start=1):
        lefts = [left for text, left, *__ in runs(page) if text.replace(" ", "").startswith(f"—{number}—")]
        assert [left > page.mediabox.width / 2 for left in lefts] == [bool(number % 2)]
        assert squeezed(page.extract_text()).count(FOOT) == 1


def test_a_certificate_has_no_page_number(readers):
    assert "—" not in readers["certificate"].pages[0].extract_text()
    footer = word_of(CERTIFICATE).sections[0].footer
    assert "PAGE" not in footer._element.xml


def test_a_signature_never_stands_alone_on_a_page():
    for count in range(18, 24):
        letter = replace(RECEIPT, attachments=(), body=tuple(RECEIPT.body[1:] * count))
        last = squeezed(pages_of(letter)[-1].extract_text())
        assert last.startswith("特此回执。")


def test_long_text_breaks_over_pages_without_a_loss(readers):
    pages = [squeezed(page.extract_text()) for page in readers["long"].pages]
    assert len(pages) == 5
    assert "".join(pages).count("各成员馆应当按照") + 1 >= 53


@pytest.mark.checklist("C10")
@every_kind
def test_it_is_tagged_and_has_title_language_and_date(name, readers):
    catalogue, letter = readers[name].trailer["/Root"], ALL[name]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "zh-Hans"
    assert readers[name].metadata.title == letter.title
    assert readers[name].metadata.creation_date.isoformat() == "2026-11-26T09:30:00+08:00"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    core = Document(io.BytesIO(written(letter))).core_properties
    assert (core.title, core.language) == (letter.title, "zh-CN")


@pytest.mark.checklist("C10")
@every_kind
def test_an_independent_checker_of_pdf_ua_finds_nothing(name, pdfs, tmp_path):
    path = tmp_path / "one.pdf"
    path.write_bytes(pdfs[name])
    assert [f"{found.rule_id} {found.message}" for found in validate(str(path)).findings] == []


@pytest.mark.checklist("C10")
@every_kind
def test_all_fonts_are_embedded_and_of_the_house(name, readers):
    fonts = {}
    for page in readers[name].pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"].split("+")[1]] = {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
    assert set(fonts) <= {"Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC-Bold", "Noto-Sans-CJK-SC"}
    assert all(fonts.values())


def test_a_red_head_stands_over_a_red_rule():
    document = word_of(LETTER)
    assert [str(paragraph.runs[0].text) for paragraph in document.paragraphs[:2]] == [LETTER.mark, LETTER.number]
    assert str(document.styles["发文机关标志"].font.color.rgb) == "C00000"
    assert 'w:color="C00000"' in document.paragraphs[1]._p.xml


def test_the_text_of_a_page_is_as_wide_as_28_characters():
    section = word_of(GRID).sections[0]
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(156), rel=1e-3)
