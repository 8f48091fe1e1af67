"""Three years of a real union of libraries come in as monthly returns and add up to what it published (6.2.1 j).

`chicago.csv` holds the circulation of each location of the Chicago Public Library by month, as the city publishes it
("Libraries - 2011/2012/2013 Circulation by Location", Chicago Data Portal), with the ZIP code of the location and the
total of the year as it was published (`ytd`). Figures alone were taken over; nothing was corrected.

What the source says is sound: each of its 239 rows adds up to its `ytd`. It knows no empty cell, though: 0 stands for a
location that was closed, and in two months for a location that lent before and after. Here a closed one is a spell of
the registry in which nothing is expected, and such a month is one that is missing; a return of 0 is never made up. One
location, Back of the Yards, has no row in 2012: it was closed from October 2011 until August 2013.
"""

import csv
import io
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from django.core.management import call_command

from fsul_portal.intake.actions import read, take_in
from fsul_portal.intake.kinds import kind_named
from fsul_portal.sheets import write_csv
from members.indicators.dictionary import load_first_indicators
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.demo.cast import Person, seat_people
from reports.editions.actions import freeze_edition, full_snapshot
from workgroups.groups.actions import found_first_groups

pytestmark = pytest.mark.clause("6.2.1 j")
SOURCE = Path(__file__).with_name("chicago.csv")
YEARS = (2011, 2012, 2013)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
CENTRAL = "Harold Washington Library Center"
LOANS = "L01"
OFFICE = Person("office", "何秘书", "", "统筹办公室秘书", (("secretary", ""),))


@cache
def published():
    """Return {branch: {year: row}} of the source."""
    found = {}
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["branch"], {})[int(row["year"])] = row
    return found


def lent(branch):
    """Return what a branch lent in each of the 36 months; None where the source says 0 or nothing."""
    rows = published()[branch]
    return [int(rows[year][str(month)]) or None if year in rows else None for year in YEARS for month in range(1, 13)]


def codes():
    return {branch: f"CH{number:03}" for number, branch in enumerate(sorted(published()), 1)}


def zip_code(branch):
    return f"1{next(iter(published()[branch].values()))['zip']}"


def runs(branch):
    """Return the stretches of months in which a branch lent, or did not: (it lent, the first month, how many)."""
    found, at = [], 0
    for has_lent, some in groupby(lent(branch), key=lambda value: value is not None):
        length = len(list(some))
        found.append((has_lent, at, length))
        at += length
    return found


def first_day(at):
    return date.fromisoformat(f"{MONTHS[at]}-01")


def load(kind, headings, rows, **options):
    plan = take_in(kind_named(kind), read(kind_named(kind), write_csv(headings, rows), name=f"{kind}.csv"), **options)
    assert (plan.problems, plan.unread) == ([], [])


def open_branches():
    """Enter the branches by the import, each from the first month in which it lent; the central library first."""
    places = sorted({zip_code(branch) for branch in published()})
    load(
        "divisions",
        ["code", "name", "level", "parent_code"],
        [["100000", "Chicago", "city", ""], *([code, code[1:], "district", "100000"] for code in places)],
    )
    rows = []
    for branch, code in codes().items():
        has_lent, __, length = runs(branch)[0]
        opened = date(2000, 1, 1) if has_lent else first_day(length)
        level, above = ("central", "") if branch == CENTRAL else ("branch", codes()[CENTRAL])
        rows.append([code, branch, level, above, zip_code(branch), opened.isoformat()])
    load("libraries", ["code", "name", "level", "parent_code", "district_code", "opened_on"], rows)


def close_and_reopen():
    """Let the registry say when a branch was closed for longer than a month, in the order of time."""
    changes = sorted(
        (at, status, codes()[branch], branch)
        for branch in published()
        for has_lent, since, length in runs(branch)[1:]
        if not has_lent and length > 1
        for at, status in ((since, "suspended"), (since + length, "open"))
    )
    for at, status, code, branch in changes:
        load("libraries", ["code", "name", "level", "status"], [[code, branch, "branch", status]], on=first_day(at))
    return sorted({branch for *__, branch in changes})


def report():
    """Hand the months over as one file of returns; a month without a figure has no row."""
    rows = [
        [code, month, loans]
        for branch, code in codes().items()
        for month, loans in zip(MONTHS, lent(branch), strict=True)
        if loans is not None
    ]
    plan = import_returns(io.BytesIO(write_csv(["library_code", "period", LOANS], rows)), name="chicago.csv", by=None)
    assert plan.problems == []
    assert Return.objects.accepted().count() == len(rows)
    return len(rows)


@pytest.fixture
def office(db):
    """Open a portal that knows nothing of Foshan, with somebody who may lock its months."""
    load_first_indicators()
    found_first_groups()
    return seat_people("no-password", [OFFICE])["office"]


def test_the_source_itself_adds_up_and_a_closed_branch_is_no_gap():
    rows = [row for of_branch in published().values() for row in of_branch.values()]
    assert (len(published()), len(rows)) == (80, 239)
    assert [row["branch"] for row in rows if sum(int(row[str(m)]) for m in range(1, 13)) != int(row["ytd"])] == []
    assert [branch for branch, of_years in published().items() if len(of_years) < len(YEARS)] == ["Back of the Yards"]


def test_each_year_equals_what_was_published_branch_by_branch_place_by_place_and_in_sum(office):
    open_branches()
    assert close_and_reopen() == ["Albany Park", "Back of the Yards", "Humboldt Park"]
    # 36 months of 80 branches, less 36 months closed for long, 12 before a branch began, and two that are missing.
    assert report() == 36 * 80 - 36 - 12 - 2
    call_command("lock_months", MONTHS[0], MONTHS[-1], "--by", "office", "--with-missing", stdout=io.StringIO())
    missing = {}
    for year in YEARS:
        snapshot = full_snapshot(freeze_edition("annual", str(year), by=office))
        assert (snapshot["provisional"], year_of(snapshot)) == (False, as_published(year))
        missing[year] = snapshot["system"][LOANS]["missing"]
    assert missing == {
        2011: sorted(codes()[branch] for branch in ("Daley, Richard M. - W Humboldt", "Little Village")),
        2012: [],
        2013: [],
    }


def as_published(year):
    """Return the totals of a year as the source has them: of all, by ZIP code, by branch."""
    of_branches = {codes()[branch]: int(rows[year]["ytd"]) for branch, rows in published().items() if year in rows}
    of_places = {}
    for branch, rows in published().items():
        if year in rows:
            of_places[zip_code(branch)] = of_places.get(zip_code(branch), 0) + int(rows[year]["ytd"])
    return sum(of_branches.values()), of_places, of_branches


def year_of(snapshot):
    """Return the same out of a report; what has no figure is not there."""
    of_places, of_branches = (
        {key: cells[LOANS]["value"] for key, cells in snapshot[part].items() if cells[LOANS]["value"] is not None}
        for part in ("districts", "libraries")
    )
    return snapshot["system"][LOANS]["value"], of_places, of_branches
