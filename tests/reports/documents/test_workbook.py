"""Hold the workbook: numbers to count on with, and codes that stay codes."""

import io

import pytest
from openpyxl import load_workbook

from reports.documents import render_xlsx
from tests.reports.documents.fakes import INDICATORS, snapshot

SHEETS = [
    *("Overview", "By month", "By level", "By district", "Member libraries", "Missing", "Explanations"),
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


def test_no_total_stands_between_the_libraries_so_that_a_column_can_be_summed_and_filtered(book, facts):
    sheet = book["Member libraries"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if isinstance(row[0].value, int)]
    assert [row[0] for row in rows] == list(range(1, len(facts["libraries_list"]) + 1))
    numbers = [row[5] for row in rows if isinstance(row[5], int)]
    assert sum(numbers) == facts["system"]["V01"]["value"]
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, 5 + len(INDICATORS)).coordinate[:-1]}{len(rows) + 3}"


def test_districts_stand_by_kind_of_figure_with_their_total(book, facts):
    rows = [[cell.value for cell in row] for row in book["By district"].iter_rows(min_row=4)]
    figures = {row[1]: row[3] for row in rows if row[2] == "Figure"}
    assert figures.pop("Total") == facts["system"]["V01"]["value"]
    assert figures == {
        one["name_en"]: facts["districts"][one["code"]]["V01"]["value"] for one in facts["districts_list"]
    }
    assert [row[2] for row in rows if row[2]] == ["Figure"] * 7 + ["On year"] * 7


def test_the_months_and_the_districts_are_drawn_and_a_month_without_figures_is_a_gap(facts):
    months = [dict(point) for point in facts["system"]["V01"]["series"]]
    months[1]["value"] = None
    cell = facts["system"]["V01"] | {"series": months}
    book = load_workbook(io.BytesIO(write(facts | {"system": facts["system"] | {"V01": cell}})))
    sheet = book["By month"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == [months[0]["value"], None, months[2]["value"]]
    charts = [chart for name in ("By month", "By district") for chart in book[name]._charts]
    assert [type(chart).__name__ for chart in charts] == ["LineChart", "BarChart"]
    assert {chart.display_blanks for chart in charts} == {"gap"}
    assert [len(chart.series) for chart in charts] == [2, 2]


def hollow_points(sheet, of=0):
    """Return which points of a series of the sheet's chart are drawn hollow."""
    return [point.idx for point in sheet._charts[0].series[of].dPt]


def test_what_is_incomplete_is_hollow_in_the_charts(facts):
    months = [dict(point) for point in facts["system"]["V01"]["series"]]
    months[2] |= {"expected": 40, "reported": 39}
    whole = [{**point, "expected": 40, "reported": 40} for point in months]
    whole[2] = months[2]
    system = facts["system"] | {"V01": facts["system"]["V01"] | {"series": whole}}
    second = facts["districts_list"][1]["code"]
    cells = {code: dict(of) for code, of in facts["districts"].items()}
    for code, of in cells.items():
        of["V01"] = of["V01"] | {"complete": code != second}
    book = load_workbook(io.BytesIO(write(facts | {"system": system, "districts": cells})))
    assert (hollow_points(book["By month"]), hollow_points(book["By district"])) == ([2], [1])
    for name in ("By month", "By district"):
        told = [row[0].value for row in book[name].iter_rows(min_row=4) if isinstance(row[0].value, str)]
        assert told[-1].endswith("In the chart a figure with * is hollow.")


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
    assert load_workbook(out).worksheets[4]["C4"].value == "佛山市图书馆"
    assert "到馆人次" in load_workbook(out).worksheets[4]["F3"].value
