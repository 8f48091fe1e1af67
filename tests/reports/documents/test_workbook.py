"""Hold the workbook: numbers to count on with, and codes that stay codes."""

import io

import pytest
from openpyxl import load_workbook

from reports.documents import render_xlsx
from tests.reports.documents.fakes import INDICATORS, snapshot

SHEETS = [
    *("Overview", "By district", "Member libraries", "Missing", "Explanations"),
    *("Yearly statistics", "Definitions"),
]

pytestmark = pytest.mark.clause("6.2.1 j")


@pytest.fixture(scope="module")
def facts():
    return snapshot("annual", 40)


def write(facts, language="en"):
    out = io.BytesIO()
    render_xlsx(facts, out, language=language)
    return out.getvalue()


@pytest.fixture(scope="module")
def book(facts):
    return load_workbook(io.BytesIO(write(facts)))


def test_it_has_all_sheets_with_title_imprint_and_heads(book):
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet["A1"].value == f"Foshan United Library system: Annual operations report (2025) {sheet.title}"
        assert sheet["A2"].value.startswith("Compiled by: Coordination group    Period: 2025    Edition 1")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "D4"


def test_figures_are_numbers_and_codes_are_text(book, facts):
    row = [cell.value for cell in book["Overview"][4]]
    cell = facts["system"]["V01"]
    assert row[:5] == ["V01", "Physical visits", "visits", cell["value"], cell["last_year"]]
    assert book["Member libraries"]["B4"].value == "FS001"
    assert book["Member libraries"]["B4"].number_format == "@"


def test_libraries_are_summed_by_district_and_in_all(book, facts):
    rows = [[cell.value for cell in row] for row in book["Member libraries"].iter_rows(min_row=4)]
    totals = {row[2]: row[5] for row in rows if str(row[2]).startswith("Total of")}
    assert totals.pop("Total of the system") == facts["system"]["V01"]["value"]
    assert totals == {
        f"Total of {entry['name_en']}": facts["districts"][entry["code"]]["V01"]["value"]
        for entry in facts["districts_list"]
    }
    assert [row[0] for row in rows if row[0]][:-1] == list(range(1, len(facts["libraries_list"]) + 1))


def test_zero_and_the_kinds_of_no_number_are_kept_apart(facts):
    codes = [library["code"] for library in facts["libraries_list"][:4]]
    figures = [(0, "reported"), (None, "missing"), (None, "na"), (None, "closed")]
    cells = {
        code: {one: {"value": value, "status": status, "note": ""} for one in INDICATORS}
        for code, (value, status) in zip(codes, figures, strict=True)
    }
    sheet = load_workbook(io.BytesIO(write(facts | {"libraries": facts["libraries"] | cells})))["Member libraries"]
    values = {row[1].value: row[5].value for row in sheet.iter_rows(min_row=4)}
    assert [values[code] for code in codes] == [0, "missing", "—", "closed"]


def test_an_incomplete_total_is_a_number_with_a_mark(facts):
    cell = facts["system"]["V01"] | {"complete": False}
    sheet = load_workbook(io.BytesIO(write(facts | {"system": facts["system"] | {"V01": cell}})))["Overview"]
    assert (sheet["D4"].value, sheet["D4"].number_format) == (cell["value"], '#,##0"*"')


def test_a_provisional_workbook_says_so(facts):
    sheet = load_workbook(io.BytesIO(write(facts | {"provisional": True})))["Overview"]
    assert sheet["A2"].value.endswith("Provisional figures")


def test_the_same_snapshot_gives_the_same_bytes(facts):
    assert write(facts) == write(facts)


def test_a_month_is_compared_with_the_month_before():
    facts = snapshot("monthly", 40)
    cell = facts["system"]["V01"]
    sheet = load_workbook(io.BytesIO(write(facts)))["Overview"]
    assert sheet["E4"].value == cell["last_period"]
    assert sheet["F4"].value == pytest.approx(cell["value"] / cell["last_period"] - 1, abs=0.0001)


def test_it_is_written_in_chinese_by_default(facts):
    out = io.BytesIO()
    render_xlsx(facts, out)
    assert load_workbook(out).worksheets[2]["C4"].value == "佛山市图书馆"
    assert "到馆人次" in load_workbook(out).worksheets[2]["F3"].value
