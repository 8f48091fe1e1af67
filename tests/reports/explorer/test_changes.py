"""How a month or a year moved is said over the same libraries alone, or why it is not (6.1 d)."""

import csv
import io

import pytest
from django.urls import reverse

from members.divisions.models import Division
from members.indicators.formulas.actions import load_first_formulas
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period, month_before
from members.returns.models import Return
from members.returns.rollup.actions import mend
from reports.editions.figures.snapshot import freeze
from reports.explorer.changes import reckoned
from reports.explorer.changes.reckoned import ReckonedChanges, libraries_of
from reports.explorer.choices import Choice

pytestmark = pytest.mark.clause("6.1 d", "6.2.1 j")
LAST = "2026-02"


@pytest.fixture
def two_years(cast):
    """Leave two years and two months of returns, each library with other gaps; one is there since last year only."""
    months = [LAST]
    while months[-1] > "2024-01":
        months.append(month_before(months[-1]))
    ensure(months)
    periods = dict(Period.objects.values_list("code", "pk"))
    rows = [
        Return(library=library, period_id=periods[month], state=Return.State.ACCEPTED, figures=figures_of(number, at))
        for number, library in enumerate(Library.objects.order_by("code"))
        for at, month in enumerate(reversed(months))
        if (number or month > "2025") and (at + number) % 9
    ]
    Return.objects.bulk_create(rows)


def figures_of(number, at):
    return {"V01": 1000 + 37 * number + 11 * at, "L01": 300 + 5 * at, "C01": 9000 + number + at}


@pytest.mark.parametrize("code", [LAST, "2025", "2026"])
def test_what_is_reckoned_here_is_what_a_report_of_the_period_says(two_years, code):
    by_year = "-" not in code
    data = freeze("annual" if by_year else "monthly", code)
    figures = list(Indicator.objects.filter(code__in=["V01", "L01", "C01"]))
    districts = Division.objects.filter(code__in=data["districts"])
    for cells, district in ((data["system"], None), *((data["districts"][one.code], one) for one in districts)):
        choice = Choice(figures, [f"{code}-01"] if by_year else [code], district=district, by_year=by_year)
        found = ReckonedChanges(choice, libraries_of(choice))
        for one in figures:
            for name, said in cells[one.code]["change"].items():
                assert said is None or (one.code, name, found.of(code, one, name)) == (one.code, name, said)
    assert any(cells[one.code]["change"]["last_year"]["rate"] for one in figures for cells in [data["system"]])


@pytest.fixture
def changes(two_years, added_up, look):
    """Return what the page says of how the last month moved: `changes("office", figure="V01")`."""
    added_up()
    for period in Period.objects.filter(code__in=["2025-02", LAST]):
        mend(period)

    def said(who, **asked):
        page = look(who, **{"first": LAST, "last": LAST} | asked)
        return [(one.cells[-1].change, one.why) for one in page.context["series"]]

    return said


def test_a_level_says_how_it_moved_over_how_many_libraries(changes):
    [(change, why)] = changes("office", figure="V01", level="branch")
    assert why == ""
    on_month, on_year = change.split("; ")
    assert on_month.startswith("on the month before: ")
    assert on_month.endswith(" libraries")
    assert on_year.startswith("on the year before: ")


def test_one_library_is_compared_with_itself_alone(changes):
    code = sorted(Library.objects.values_list("code", flat=True))[1]
    [(change, why)] = changes("office", figure="V01", library=code)
    values = [1000 + 37 + 11 * at for at in (13, 24, 25)]
    year, month = (f"{(values[2] - one) / one * 100:.2f}%" for one in (values[0], values[1]))
    assert (change, why) == (f"on the month before: {month}; on the year before: {year}", "")


def test_who_was_not_there_has_nothing_to_compare_with(changes):
    code = sorted(Library.objects.values_list("code", flat=True))[0]
    [(change, __)] = changes("office", figure="V01", library=code, first="2025-02", last="2025-02")
    assert change.endswith("on the year before: nothing to compare with")


def test_what_has_no_change_says_why(changes, monkeypatch):
    load_first_formulas()
    [(change, why), (other, __)] = changes("office", figure="K08", second="V01")
    assert (change, why.startswith("No change is said of what is reckoned")) == ("", True)
    assert other
    monkeypatch.setattr(reckoned, "MOST_RETURNS", 20)
    assert changes("office", figure="V01", level="branch") == [("", TOO_MANY)]
    assert changes("observer", figure="V01")[0][0] == ""


TOO_MANY = "Too many returns to compare on a page: choose fewer months, one library, or a smaller group."


def test_the_files_say_the_same(changes, signed_in, monkeypatch):
    asked = {"figure": "V01", "level": "branch", "first": LAST, "last": LAST}

    def row():
        content = signed_in("office").get(reverse("reports:explorer-file", args=["csv"]), asked).content
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[-1][4]

    assert row() == changes("office", **asked)[0][0]
    monkeypatch.setattr(reckoned, "MOST_RETURNS", 20)
    assert row() == TOO_MANY
