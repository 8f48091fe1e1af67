"""Hold each part of a letter to its place on the paper, as GB/T 9704 has it."""

import io
import re
import subprocess
from dataclasses import dataclass, replace

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pypdf import PdfReader

from fsul_portal.letters.content import Kind, Letter, Paragraph
from fsul_portal.letters.typeset.layout import CHARACTER, Block, blocks
from tests.fsul_portal.letters.conftest import pages_of, printed, word_of, written
from tests.fsul_portal.letters.samples import LONG, MINUTES, NOTICE, OFFICE, SENTENCE

POINTS_A_MM = 72 / 25.4
LEFT, RIGHT, FOOT = 28 * POINTS_A_MM, (210 - 26) * POINTS_A_MM, (297 - 35) * POINTS_A_MM
WORD = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</word>')


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(content, tmp_path):
    """Return the words of each page with their places, in points from its upper left corner."""
    (tmp_path / "one.pdf").write_bytes(content)
    command = ["pdftotext", "-bbox", str(tmp_path / "one.pdf"), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("</page>")[:-1]
    return [[Word(text, *map(float, sides)) for *sides, text in WORD.findall(page)] for page in pages]


def the_word(words, text):
    (found,) = [word for word in words if text in word.text]
    return found


def of_paragraph(text):
    return Letter(kind=Kind.LETTER, title="文", body=(Paragraph(text),))


def rights_of_lines(content, tmp_path):
    lines = {}
    for word in words_of(content, tmp_path)[0][1:]:
        lines[round(word.bottom)] = max(word.right, lines.get(round(word.bottom), 0))
    return [lines[bottom] for bottom in sorted(lines) if bottom < FOOT]


def test_every_line_but_the_last_reaches_the_right_margin(tmp_path):
    *full, last = rights_of_lines(printed(of_paragraph(f"（一）{SENTENCE * 6}2026年12月")), tmp_path)
    assert full == [pytest.approx(RIGHT, abs=1)] * len(full)
    assert len(full) == 10
    assert last < RIGHT - CHARACTER
    assert word_of(LONG).styles["公文正文"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


def test_a_paragraph_that_goes_on_over_the_page_is_stretched_to_its_last_line(tmp_path):
    lines = [word for word in words_of(printed(LONG), tmp_path)[0] if LEFT - 1 < word.left < LEFT + 40]
    assert max(lines, key=lambda word: word.top if word.bottom < FOOT else 0).right == pytest.approx(RIGHT, abs=1)


def test_an_english_line_widens_its_spaces_alone(tmp_path):
    *full, __ = rights_of_lines(printed(of_paragraph("Every member library reports by the fifth. " * 6)), tmp_path)
    assert full == [pytest.approx(RIGHT, abs=1)] * len(full)
    (word, *_) = [
        word for word in words_of(printed(of_paragraph("library " * 20)), tmp_path)[0] if word.text == "library"
    ]
    (alone,) = [word for word in words_of(printed(of_paragraph("library")), tmp_path)[0] if word.text == "library"]
    assert word.right - word.left == pytest.approx(alone.right - alone.left, abs=0.1)


def test_a_long_address_does_not_tear_the_line_before_it_apart(tmp_path):
    first, *_ = rights_of_lines(printed(of_paragraph(f"网址{'a' * 50}，请查阅。")), tmp_path)
    assert first == pytest.approx(LEFT + 4 * CHARACTER, abs=1)


@pytest.mark.parametrize("name", ["notice", "minutes"])
def test_the_imprint_stands_at_the_foot_of_the_last_page(name, pdfs, tmp_path, by_office):
    for content in (pdfs[name], by_office[name].stream.getvalue()):
        last = the_word(words_of(content, tmp_path)[-1], "印发")
        assert last.right == pytest.approx(RIGHT - 14, abs=1)
        assert last.bottom == pytest.approx(FOOT, abs=8)


@pytest.mark.parametrize("count", range(1, 8))
def test_the_imprint_never_meets_the_signature(count, tmp_path):
    body = NOTICE.body[:3] + (Paragraph("请遵照执行。"),) * count
    pages = words_of(printed(replace(NOTICE, body=body, attachments=())), tmp_path)
    days = [word for word in pages[-1] if word.text == "2026年11月26日"]
    assert [day for day in days if day.bottom + 14 > the_word(pages[-1], "抄送").top] == []
    assert len(days) == (len(pages) == 1)


def test_many_copies_hang_under_the_first(tmp_path):
    letter = replace(NOTICE, copies="佛山市图书馆学会，" * 8, printed_by=OFFICE * 3)
    words = words_of(printed(letter), tmp_path)[-1]
    first, *others = [word for word in words if "佛山市图书馆学会" in word.text]
    assert first.left == pytest.approx(LEFT + 14, abs=1)
    assert [word.left for word in others] == [pytest.approx(LEFT + 4 * 14, abs=1)] * len(others)
    assert the_word(words, "印发").bottom == pytest.approx(
        max(word.bottom for word in words if "小组" in word.text), abs=1
    )


def test_without_copies_the_imprint_is_one_line():
    document = word_of(replace(NOTICE, copies=""))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [[OFFICE, "2026年11月26日印发"]]


def test_a_letter_without_copies_and_office_has_no_imprint():
    assert word_of(replace(NOTICE, copies="", printed_by="")).tables == []


def test_under_a_seal_the_day_stands_four_characters_in_and_the_name_is_centred_over_it(pdfs, tmp_path):
    (words,) = words_of(pdfs["receipt"], tmp_path)
    name, day = the_word(words, "佛山市联合图书馆统筹管理小组"), the_word(words, "2026年11月26日")
    assert RIGHT - day.right == pytest.approx(4 * CHARACTER, abs=1)
    # A digit is a little wider than half a character.
    assert (name.left + name.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=8)


def rights(letter):
    """Return how far in the lines of the signature end, and the width of each, in characters."""
    found = [
        block for block in blocks(letter) if isinstance(block, Block) and block.style.startswith(("signer", "day"))
    ]
    return [(block.text, block.right) for block in found]


def test_without_a_seal_the_name_stands_two_characters_in_and_the_day_begins_two_right_of_it():
    assert rights(MINUTES) == [("佛山市联合图书馆专业委员会", 2), ("2026年11月26日", 6)]


def test_a_day_that_is_longer_than_the_name_stands_two_characters_in():
    assert rights(replace(MINUTES, signers=("学会",))) == [("学会", 9), ("2026年11月26日", 2)]


def test_a_long_name_is_broken_where_its_words_allow():
    name = "佛山市图书馆学会联合图书馆专业委员会统筹管理工作小组办公室"
    assert rights(replace(NOTICE, signers=(name,))) == [
        ("佛山市图书馆学会联合图书馆", 1),
        ("专业委员会统筹管理工作小组办公室", 0),
        ("2026年11月26日", 4),
    ]


def test_who_was_present_stands_a_line_below_the_text():
    styles = [block.style for block in blocks(MINUTES) if block.style in ("roll", "labelled")]
    assert styles == ["roll", "labelled"]


def test_the_mark_begins_35_mm_below_the_upper_edge_of_the_text(pdfs, tmp_path):
    mark = words_of(pdfs["letter"], tmp_path)[0][0]
    assert (mark.top + mark.bottom) / 2 - 13 == pytest.approx((37 + 35) * POINTS_A_MM, abs=3)


def test_a_draft_says_so_in_one_line_on_every_page(tmp_path):
    pages = words_of(printed(LONG, is_draft=True), tmp_path)
    marks = [[word.text for word in page if word.bottom < 37 * POINTS_A_MM] for page in pages]
    assert marks == [["草稿", "未签发"]] * len(pages)
    assert {round(word.top) for word in pages[0][:2]} == {round(pages[0][0].top)}
    header = Document(io.BytesIO(written(LONG, is_draft=True))).sections[0].header
    assert header.paragraphs[0].text == "草稿\u3000未签发"


def test_a_page_for_the_imprint_alone_is_a_page_of_the_letter():
    assert len(pages_of(NOTICE)) == 2
    assert "抄送" in PdfReader(io.BytesIO(printed(NOTICE))).pages[1].extract_text()
