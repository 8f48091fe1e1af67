"""Wherever two numbers meet on paper, in a sheet or on a page, it is a pair that may be compared (6.1 d)."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from members.libraries.models import Library
from members.periods.models import months_of
from reports.documents import render_pdf, render_xlsx
from reports.documents.figures import change
from reports.editions.actions import freeze_edition, full_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.1 d", "6.2.1 j")]
ROOT = Path(__file__).resolve().parents[3]
PERCENT = re.compile(r"([\d,]+\.\d\d)%")
# The filter that sets two numbers against each other, and where it may: (template, why).
SET_AGAINST = {
    "components/_stat.html": "the component; who hands it a pair answers for it",
    "gallery/_figures.html": "samples",
    "gallery/_tables.html": "samples",
    "members/returns/_figure_lines.html": "one library against itself",
    "members/returns/entry/_change.html": "one library against itself",
    "reports/editions/_moved.html": "a change that the snapshot has reckoned",
}


@pytest.fixture
def holed(reported):
    """Report two years in which each library lacks some months, and one was never there before."""
    codes = sorted(Library.objects.values_list("code", flat=True))
    for number, code in enumerate(codes):
        for at, month in enumerate([*months_of("2024"), *months_of("2025")]):
            new_here = number == 0 and month < "2025"
            if not new_here and (at + number) % 7:
                reported(code, month, V01=1000 + 37 * number + 11 * at, L01=300 + 5 * at, C01=9000 + at)


def changes_in(data):
    """Yield every change that stands anywhere in the data."""
    if isinstance(data, dict):
        if "rate" in data:
            yield data
        for value in data.values():
            yield from changes_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from changes_in(value)


def percents(snapshot):
    """Return what may be printed: the changes of the snapshot that say a rate, without their sign."""
    told = [one for one in changes_in(snapshot) if one["rate"] is not None]
    return {f"{abs(change(one['value'], one['base'])):,}" for one in told} | shares(snapshot)


def shares(snapshot):
    """Return the shares of libraries, of which the table of the network speaks."""
    network = snapshot["network"]
    counts = [*network["by_district"].values(), *network["by_level"].values(), network["libraries"]]
    return {f"{100 * count / network['libraries']:.2f}" for count in counts}


def printed(render, snapshot):
    out = io.BytesIO()
    render(snapshot, out)
    return out


@pytest.mark.parametrize(("kind", "code"), [("monthly", "2025-09"), ("annual", "2025")])
def test_every_percentage_of_every_document_is_a_change_over_the_same_libraries(holed, settings, kind, code):
    settings.COMPARABLE_FROM = 0.5
    snapshot = full_snapshot(freeze_edition(kind, code))
    allowed = percents(snapshot)
    paper = "\n".join(page.extract_text() for page in PdfReader(printed(render_pdf, snapshot)).pages)
    on_paper = set(PERCENT.findall(paper))
    assert (bool(on_paper), on_paper - allowed) == (True, set())
    book = openpyxl.load_workbook(printed(render_xlsx, snapshot))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.number_format == "0.00%"]
    in_sheets = {f"{round(abs(cell.value) * 100, 2):,.2f}" for cell in cells if cell.value is not None}
    assert (bool(in_sheets), in_sheets - allowed) == (True, set())


def test_and_of_the_page_of_the_report(holed, settings, signed_in):
    settings.COMPARABLE_FROM = 0.5
    edition = freeze_edition("monthly", "2025-09")
    page = signed_in("office").get(edition.get_absolute_url()).content.decode()
    shown = set(PERCENT.findall(page))
    assert (bool(shown), shown - percents(edition.snapshot)) == (True, set())


def test_two_numbers_are_set_against_each_other_in_known_places_alone():
    found = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
        if "|change:" in path.read_text("utf-8")
    }
    assert found == set(SET_AGAINST)


def test_the_figure_of_another_period_carries_the_mark_of_what_it_lacks(holed, settings):
    snapshot = full_snapshot(freeze_edition("monthly", "2025-09"))
    cell = snapshot["system"]["V01"]
    assert cell["bases"]["last_period"] == {"expected": 10, "reported": 8, "provisional": True}
    sheet = openpyxl.load_workbook(printed(render_xlsx, snapshot)).worksheets[0]
    row = next(one for one in sheet.iter_rows(min_row=4) if one[0].value == "V01")
    assert [one.number_format for one in row if one.value == cell["last_period"]] == ['#,##0"*"']
    assert row[6].value == cell["change"]["last_period"]["libraries"]


FIGURE = r"(?:[\d,]+\*?|—|缺报|闭馆|待报)"


def number(text):
    digits = text.rstrip("*").replace(",", "")
    return int(digits) if digits.isdigit() else 0


@pytest.mark.parametrize(("kind", "code"), [("monthly", "2025-09"), ("annual", "2025")])
def test_libraries_and_districts_add_up_on_paper(holed, kind, code):
    """Add the tables up from the paper's own text: libraries to their district, districts to the system."""
    snapshot = full_snapshot(freeze_edition(kind, code))
    paper = printed(render_pdf, snapshot)
    lines = [
        line for page in PdfReader(paper).pages for line in page.extract_text(extraction_mode="layout").splitlines()
    ]
    columns = len(snapshot["dictionary"])
    rows = [
        found
        for line in lines
        if (found := re.search(rf"^\s*(.*?)\s+((?:{FIGURE}\s+){{{columns - 1}}}{FIGURE})\s*$", line))
    ]
    running, districts, checked = [0] * columns, [0] * columns, 0
    for row in rows:
        head, figures = row[1], [number(one) for one in row[2].split()]
        if "小计" in head:
            added = [one["additive"] for one in snapshot["dictionary"]]
            assert [(a, b) for a, b, adds in zip(running, figures, added, strict=True) if adds and a != b] == []
            districts = [a + b for a, b in zip(districts, figures, strict=True)]
            running, checked = [0] * columns, checked + 1
        elif re.match(r"[A-Z]{2}\d{3}", head):
            running = [a + b for a, b in zip(running, figures, strict=True)]
    assert checked == len(snapshot["districts_list"])
    whole = [snapshot["system"][one["code"]]["value"] or 0 for one in snapshot["dictionary"]]
    assert [(a, b) for a, b in zip(districts, whole, strict=True) if b and a != b] == []
