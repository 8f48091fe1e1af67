"""Hold the printed report: what is on its pages, and that it is the same each time."""

import gc
import io
import re
from collections import Counter

import pytest
from pdfua import validate
from pypdf import PdfReader

from reports.documents import DocumentUnavailable, render_pdf
from tests.reports.documents.conftest import LIBRARIES, print_pdf
from tests.reports.documents.fakes import RARE, snapshot

CHAPTERS = [
    "1. Overview",
    "2. Month by month",
    "3. The network of libraries",
    "4. Conditions",
    "5. Collections",
    "6. Service",
    "7. District by district",
    "8. Library by library",
    "9. Missing returns",
    "10. Yearly statistics of public libraries",
    "11. Definitions",
]
DISTRICTS = ["City (central library)", "Chancheng", "Nanhai", "Shunde", "Gaoming", "Sanshui"]

pytestmark = pytest.mark.clause("6.2.1 j")


def outline(reader, entries=None):
    """Flatten the bookmarks to (title, page number)."""
    found = []
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            found += outline(reader, entry)
        else:
            found.append((entry.title, reader.get_destination_page_number(entry) + 1))
    return found


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def row_of(reader, code):
    """Give the figures printed for a library, or none where it has no row."""
    found = re.search(rf"^{code}\s.*$", text_of(reader), re.MULTILINE)
    return found[0].split() if found else []


@pytest.mark.clause("6.1 d")
def test_bookmarks_name_every_chapter_and_every_district(annual_pages):
    assert [title for title, _ in outline(annual_pages)] == [*CHAPTERS[:8], *DISTRICTS, *CHAPTERS[8:]]


@pytest.mark.clause("6.1 d")
def test_contents_point_to_the_right_pages(annual_pages):
    lines = annual_pages.pages[1].extract_text().splitlines()
    printed = [re.match(r"(.+?)(?:\s?\.)+\s*(\d+)$", line) for line in lines]
    assert [(found[1], int(found[2])) for found in printed if found] == outline(annual_pages)


def test_chapters_stand_on_the_pages_where_the_bookmarks_lead(annual_pages):
    for title, page in outline(annual_pages):
        assert title in annual_pages.pages[page - 1].extract_text()


def test_every_page_but_the_cover_carries_its_number(annual_pages):
    numbers = [re.findall(r"— (\d+) —", page.extract_text()) for page in annual_pages.pages]
    assert numbers == [[], *([str(number)] for number in range(2, len(annual_pages.pages) + 1))]


def test_no_page_is_empty(annual_pages, monthly_pages):
    assert min(len(page.extract_text()) for page in annual_pages.pages) > 100
    assert min(len(page.extract_text()) for page in monthly_pages.pages) > 100


def test_wide_tables_lie_across_and_text_stands_upright(annual_pages):
    pages = dict(outline(annual_pages))
    across = {title: annual_pages.pages[pages[title] - 1].mediabox for title in CHAPTERS}
    wide = [title for title in CHAPTERS if across[title].width > across[title].height]
    assert wide == [CHAPTERS[1], CHAPTERS[6], CHAPTERS[7], CHAPTERS[9]]
    assert {(round(box.width), round(box.height)) for box in across.values()} == {(595, 842), (842, 595)}


def test_a_table_repeats_its_heads_on_each_page(annual_pages):
    pages = dict(outline(annual_pages))
    of_libraries = annual_pages.pages[pages[CHAPTERS[7]] - 1 : pages[CHAPTERS[8]] - 1]
    assert len(of_libraries) >= 3
    assert all("Member library" in page.extract_text() for page in of_libraries)


def test_every_library_has_one_row(annual, annual_pages):
    text = text_of(annual_pages)
    assert RARE in text
    for library in annual["libraries_list"]:
        assert f"{library['code']} {library['name']}" in text


@pytest.mark.checklist("C10")
def test_it_is_tagged_and_has_title_language_and_date(annual_pages):
    catalogue = annual_pages.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert catalogue["/Lang"] == "en"
    assert annual_pages.metadata.title == "Foshan United Library system: Annual operations report (2025)"
    assert annual_pages.metadata.creation_date.isoformat() == "2026-01-12T09:30:00+08:00"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


@pytest.mark.checklist("C10")
def test_an_independent_checker_of_pdf_ua_finds_nothing(annual_pdf, tmp_path):
    path = tmp_path / "annual.pdf"
    path.write_bytes(annual_pdf)
    assert [f"{found.rule_id} {found.message}" for found in validate(str(path)).findings] == []


@pytest.mark.checklist("C10")
def test_every_header_cell_says_whether_it_heads_its_column_or_its_row(annual_pages):
    scopes = Counter()
    for cell in cells_of(annual_pages.trailer["/Root"]["/StructTreeRoot"]):
        scopes[cell["/A"]["/Scope"]] += 1
    # Each table has a head; each of its rows one header, those of libraries alone are as many as these.
    assert set(scopes) == {"/Column", "/Row"}
    assert scopes["/Row"] > LIBRARIES


def cells_of(node):
    """Yield the header cells below a node of the structure."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            if kid["/S"] == "/TH":
                yield kid
            yield from cells_of(kid)


@pytest.mark.checklist("C10")
def test_all_fonts_are_embedded_and_chinese_ones(annual_pages):
    fonts = {}
    for page in annual_pages.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"].split("+")[1]] = {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
    assert set(fonts) == {"Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold", "Noto-Serif-CJK-SC"}
    assert all(fonts.values())


@pytest.mark.clause("6.1 d")
@pytest.mark.checklist("D11")
def test_the_same_snapshot_gives_the_same_bytes(small):
    assert print_pdf(small) == print_pdf(small)


def test_a_provisional_report_says_so_on_its_face_and_on_every_page(monthly_pages, annual_pages):
    cover, *rest = [page.extract_text() for page in monthly_pages.pages]
    assert "Provisional figures" in cover
    assert all("provisional figures" in page for page in rest)
    assert "rovisional" not in text_of(annual_pages)


def test_a_revised_edition_says_so(small):
    cover = PdfReader(io.BytesIO(print_pdf(small | {"edition": 2}))).pages[0].extract_text()
    assert "Edition 2 (revised)" in cover


def test_zero_and_the_kinds_of_no_number_are_kept_apart(small):
    codes = [library["code"] for library in small["libraries_list"][2:6]]
    figures = [(0, "reported"), (None, "missing"), (None, "na"), (None, "closed")]
    cells = {
        code: {one: {"value": value, "status": status, "note": ""} for one in small["system"]}
        for code, (value, status) in zip(codes, figures, strict=True)
    }
    facts = small | {"libraries": small["libraries"] | cells, "notes": [], "missing": [], "excluded": []}
    facts["network"] = small["network"] | {"opened": [], "moved": []}
    reader = PdfReader(io.BytesIO(print_pdf(facts)))
    assert [row_of(reader, code)[2:] for code in codes] == [
        [word] * len(small["system"]) for word in ("0", "missing", "—", "closed")
    ]


def test_explanations_are_numbered_under_their_district(small):
    first, second = small["libraries_list"][2:4]
    notes = [
        {"library": one["code"], "name": one["name"], "period": period, "code": "V01", "note": text}
        for one, period, text in (
            (first, "2025-02", "counter broken"),
            (first, "2025-07", "open longer"),
            (second, "2025-03", "moved house"),
        )
    ]
    text = text_of(PdfReader(io.BytesIO(print_pdf(small | {"notes": notes}))))
    assert re.findall(r"^(\d) .*?, (\w+ 2025): (.+)$", text, re.MULTILINE) == [
        ("1", "February 2025", "counter broken"),
        ("2", "July 2025", "open longer"),
        ("3", "March 2025", "moved house"),
    ]


def test_who_is_missing_is_named_with_the_months(annual, annual_pages):
    page = annual_pages.pages[dict(outline(annual_pages))[CHAPTERS[8]] - 1].extract_text()
    for entry in annual["missing"]:
        months = "whole year" if len(entry["periods"]) == 12 else "Feb—Mar, Jul"
        assert re.search(rf"{entry['library']}.*{months} not reported", page)


def test_a_year_without_a_single_return_is_printed_too():
    facts = snapshot("annual", 6)
    for code, cells in facts["libraries"].items():
        facts["libraries"][code] = {one: {"value": None, "status": "missing", "note": ""} for one in cells}
    for totals in (facts["system"], *facts["districts"].values()):
        for cell in totals.values():
            cell |= {"value": None, "complete": False, "reported": 0, "last_year": None}
            cell["series"] = [{"period": month, "value": None} for month in facts["months"]]
    assert len(PdfReader(io.BytesIO(print_pdf(facts))).pages) >= 8


def test_chinese_is_the_language_by_default(small, tmp_path):
    render_pdf(small, tmp_path / "report.pdf")
    reader = PdfReader(tmp_path / "report.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    numbers = [title.split("、")[0] for title, _ in outline(reader) if "、" in title[:3]]
    assert numbers == [*"一二三四五六七八九十", "十一"]
    assert "万人次" in reader.pages[2].extract_text().replace("\n", "").replace(" ", "")


def test_progress_ends_with_all_parts(small):
    steps = []
    print_pdf(small, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]


def test_garbage_is_collected_again_afterwards(annual_pdf):
    assert gc.isenabled()


def test_without_a_chinese_font_it_is_refused_in_a_sentence(small, tmp_path, monkeypatch):
    (tmp_path / "fonts.conf").write_text("<fontconfig><cachedir prefix='xdg'>none</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(DocumentUnavailable, match="no Chinese font is installed"):
        print_pdf(small)
