"""Hold the parts of a long report: cut without a loss, printed alone, bound to one document that reads as one."""

import io
import re
import shutil
from collections import Counter
from itertools import pairwise

import pytest
from django.utils.translation import override
from pdfua import validate
from pypdf import PdfReader

from fsul_portal.printing.jobs import Presses, PrintJob, printer_digest
from reports.documents.chapters import chapters
from reports.documents.layout import parts as cutting
from reports.documents.layout.heights import ends
from reports.documents.layout.parts import parts
from reports.documents.layout.shapes import Cell, Column, Row, Table
from reports.documents.pdf import Report
from reports.documents.reading import Reading
from tests.reports.documents.conftest import print_pdf
from tests.reports.documents.fakes import snapshot
from tests.reports.documents.test_pdf import cells_of, outline

pytestmark = pytest.mark.clause("6.2.1 j")

LIBRARIES = 90


@pytest.fixture(scope="module", autouse=True)
def small_parts():
    """Cut what is short already, so that the tests need not print thousands of rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "ROWS_OF_ONE_PART", 40)
        patch.setattr(cutting, "ROWS_A_PART", 16)
        yield


@pytest.fixture(scope="module")
def long():
    return snapshot("annual", LIBRARIES)


@pytest.fixture(scope="module")
def printed(long, small_parts):
    return print_pdf(long)


@pytest.fixture(scope="module")
def pages(printed):
    return PdfReader(io.BytesIO(printed))


def cut(facts):
    with override("en"):
        return parts(chapters(Reading(facts)))


def rows_of(part):
    return [row for chapter in part for section in chapter.sections for row in section.table.rows]


def test_no_row_is_lost_or_moved(long):
    with override("en"):
        whole = rows_of(chapters(Reading(long)))
    pieces = cut(long)
    assert [row.before for part in pieces for row in rows_of(part)] == [row.before for row in whole]
    assert len(pieces) > 5
    assert max(len(rows_of(part)) for part in pieces) <= 16 * 3 // 2 + cutting.FEW


def test_a_report_of_todays_size_is_one_part(long, monkeypatch):
    monkeypatch.setattr(cutting, "ROWS_OF_ONE_PART", 600)
    assert len(cut(long)) == 1


def test_chapters_that_share_a_sheet_stay_together(long):
    held = [[chapter.anchor for chapter in part if chapter.begins] for part in cut(long)]
    assert [one for part in held for one in part] == [chapter.anchor for chapter in chapters(Reading(long))]


def test_a_piece_says_that_it_goes_on(long):
    captions = [section.table.caption for part in cut(long) for one in part for section in one.sections]
    assert Counter("(continued)" in caption for caption in captions)[True] == len(captions) - 6


@pytest.mark.clause("6.1 d")
def test_contents_and_bookmarks_lead_to_the_pages_of_the_whole(pages):
    lines = [line for page in pages.pages[1:2] for line in page.extract_text().splitlines()]
    printed = [re.match(r"(.+?)(?:\s?\.)+\s*(\d+)$", line) for line in lines]
    assert [(found[1], int(found[2])) for found in printed if found] == outline(pages)
    for title, page in outline(pages):
        assert title in pages.pages[page - 1].extract_text()
    links = [annotation.get_object()["/Dest"] for annotation in pages.pages[1]["/Annots"]]
    places = pages.named_destinations
    led = [pages.get_destination_page_number(places[link]) + 1 for link in links]
    assert sorted(set(led)) == sorted({page for _, page in outline(pages)})


def test_pages_are_numbered_through_at_their_foot(pages):
    numbers = [re.findall(r"— (\d+) —", page.extract_text()) for page in pages.pages]
    assert numbers == [[], *([str(number)] for number in range(2, len(pages.pages) + 1))]
    heights = []

    def note_height(text, outer, inner, font, size):
        if "— 5 —" in text:
            heights.append(inner[5] * outer[3] + outer[5])

    pages.pages[4].extract_text(visitor_text=note_height)
    assert len(heights) == 1
    assert 0 < heights[0] < 60


def test_the_head_of_each_page_says_chapter_and_district(pages):
    texts = [page.extract_text().replace("\n", " ") for page in pages.pages]
    going_on = [(found[1], text) for text in texts if (found := re.search(r"library, (\w+) \(continued\)", text))]
    assert going_on
    assert all(f"8. Library by library · {district}" in text for district, text in going_on)


@pytest.mark.checklist("C10")
def test_the_whole_is_one_tagged_document(printed, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed)
    assert [f"{found.rule_id} {found.message}" for found in validate(str(path)).findings] == []
    root = PdfReader(path).trailer["/Root"]["/StructTreeRoot"]
    names = Counter(str(cell["/ID"]) for cell in cells_of(root))
    assert max(names.values()) == 1
    keys = [key for kid in root["/ParentTree"]["/Kids"] for key in kid.get_object()["/Nums"][::2]]
    assert keys == list(range(len(keys)))
    of_pages = [page["/StructParents"] for page in PdfReader(path).pages]
    assert len(set(of_pages)) == len(of_pages)


def test_the_words_of_a_page_and_what_holds_them_lead_to_each_other(printed):
    pages = PdfReader(io.BytesIO(printed)).pages
    root = PdfReader(io.BytesIO(printed)).trailer["/Root"]["/StructTreeRoot"]
    nums = [one for kid in root["/ParentTree"]["/Kids"] for one in kid.get_object()["/Nums"]]
    holders = dict(zip(nums[::2], nums[1::2], strict=True))
    for page in pages:
        for number, holder in enumerate(holders[page["/StructParents"]]):
            held = holder.get_object()
            assert number in held["/K"]
            assert held["/Pg"].get_object()["/StructParents"] == page["/StructParents"]


def test_a_cell_holds_its_words_itself(printed):
    cells = cells_of(PdfReader(io.BytesIO(printed)).trailer["/Root"]["/StructTreeRoot"])
    assert {str(one["/S"]) for cell in cells for one in _held_by(cell) if _is_bare(one)} == set()


def _held_by(cell):
    return [one.get_object() for one in cell["/K"] if not isinstance(one.get_object(), int)]


def _is_bare(one):
    """Say whether an element is there for nothing but the words of its cell."""
    return set(one) == {"/Type", "/S", "/P", "/K", "/Pg"} and one["/S"] == "/Span" and len(one["/P"]["/K"]) == 1


@pytest.mark.checklist("D11")
def test_several_processes_print_the_same_bytes_as_one(long, printed):
    assert print_pdf(long, press=Presses(2)) == printed


@pytest.mark.clause("6.1 d")
def test_one_figure_changes_few_parts(long):
    def digests(facts):
        with override("en"):
            report = Report(Reading(facts), chapters(Reading(facts)))
            return [report.job("part", chapters=part).digest for part in parts(report.chapters)]

    code = long["libraries_list"][40]["code"]
    cells = long["libraries"][code] | {"V01": {"value": 1, "status": "reported", "note": "recounted"}}
    note = {"library": code, "name": code, "code": "V01", "period": "2025-03", "note": "recounted"}
    changed = long | {"libraries": long["libraries"] | {code: cells}, "notes": [*long["notes"], note]}
    before, after = digests(long), digests(changed)
    assert len(before) == len(after)
    # Its own table, and the sums of its level.
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 2


@pytest.mark.parametrize("name", ["report.css", "elements.css"])
def test_another_style_makes_another_part(name, settings, tmp_path):
    """What is kept for the next edition is not taken from a release that printed otherwise."""
    shutil.copytree(settings.BASE_DIR / "static" / "print", tmp_path / "static" / "print")
    before = PrintJob("<p>", {}, ["report.css"]).digest
    with (tmp_path / "static" / "print" / name).open("a") as style:
        style.write("p { color: #222 }")
    settings.BASE_DIR = tmp_path
    printer_digest.cache_clear()
    try:
        assert PrintJob("<p>", {}, ["report.css"]).digest != before
    finally:
        printer_digest.cache_clear()


def test_a_piece_ends_where_its_last_sheet_is_full():
    columns = [Column("code"), Column("name"), *(Column(f"figure {at}", "unit") for at in range(12))]
    rows = [Row(f"library {at}", [Cell("1")] * 12, before=[f"L{at}"]) for at in range(1000)]
    found = ends(Table("caption", columns, rows), 200, 24)
    assert found[-1] == 1000
    assert all(150 <= last - first <= 300 for first, last in zip([0, *found], found, strict=False))


def test_sheets_of_a_cut_table_are_filled(monkeypatch):
    monkeypatch.setattr(cutting, "ROWS_A_PART", 50)
    facts = snapshot("annual", 340)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(print_pdf(facts))).pages]
    # The last sheet of a district has what is left; where a table goes on in the next part, the sheet before is filled.
    cut_off = [before for before, text in pairwise(texts) if "(continued)" in text]
    assert len(cut_off) > 1
    assert min(len(re.findall(r"^[A-Z]{2}\d{3} ", text, re.MULTILINE)) for text in cut_off) >= 16
