"""Walk the way of docs/walks/chicago.md: a table of three years becomes returns, locked months and annual reports.

CIRCULATION_TABLES names a folder with the published tables; without it a small table of the same shape is written here.
"""

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pypdf import PdfReader

from fsul_portal.access.actions import grant
from members.people.models import User

pytestmark = pytest.mark.django_db

YEARS = ("2011", "2012", "2013")
MONTHS = "january february march april may june july august september october november december".split()
HEADER = ["branch", "address", "city", "zip code", *MONTHS, "ytd"]
CONVERTER = Path(__file__).parent.parent / "docs" / "walks" / "convert_circulation.py"

# Beech was closed for seven months of 2011 and has no row at all in 2012; Dogwood was closed for the whole of 2013.
SMALL_TABLES = {
    "2011": [
        ("Ash Square", "1 First St.", [100, 90, 110, 105, 95, 120, 130, 125, 100, 98, 97, 80], 1250),
        ("Beech Hill", "2 Second St.", [0, 0, 0, 0, 0, 0, 0, 12, 30, 41, 52, 65], 200),
        ("Harold Washington Library Center", "3 Third St.", [1000] * 11 + [1234], 12234),
        ("Dogwood", "4 Fourth St.", [7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9], 96),
    ],
    "2012": [
        ("Ash Square", "1 First St.", [101, 91, 111, 106, 96, 121, 131, 126, 101, 99, 98, 81], 1262),
        ("Harold Washington Library Center", "3 Third St.", [900] * 12, 10800),
        ("Dogwood", "4 Fourth St.", [5, 0, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5], 50),
    ],
    "2013": [
        ("Ash Square", "1 First St.", [1] * 12, 12),
        ("Beech Hill", "2 Second St.", [60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71], 786),
        ("Harold Washington Library Center", "3 Third St.", [800] * 12, 9600),
        ("Dogwood", "4 Fourth St.", [0] * 12, 0),
    ],
}


@dataclass
class Walk:
    """What lies in the folder after the walk: the tables it began with, and the reports at its end."""

    tables: dict
    reports: dict
    closed_month: str
    month_report: dict
    pdf: Path

    def branches(self, year):
        """Yield (branch, row of the table, cell of L01 in the annual report)."""
        names = {row["name"]: row["code"] for row in self.reports[year]["library_names"]}
        for row in self.tables[year]:
            yield row["branch"], row, self.reports[year]["libraries"][names[row["branch"].strip()]]["L01"]


def write_small_tables(folder):
    folder.mkdir()
    for year, rows in SMALL_TABLES.items():
        with (folder / f"{year}_circ.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADER)
            writer.writerows([name, address, "Chicago", "60601.0", *loans, ytd] for name, address, loans, ytd in rows)
    return folder


def read_tables(folder):
    tables = {}
    for year in YEARS:
        with (folder / f"{year}_circ.csv").open(encoding="utf-8-sig", newline="") as lines:
            tables[year] = list(csv.DictReader(lines))
    return tables


def count_of(cell):
    return int(float(cell))


def month_with_most_closed(tables):
    closed = {
        f"{year}-{number:02}": sum(count_of(row[month]) == 0 for row in rows)
        for year, rows in tables.items()
        for number, month in enumerate(MONTHS, 1)
    }
    return max(closed, key=closed.get)


def report(folder, kind, period, form="json"):
    path = folder / f"{kind}-{period}.{form}"
    call_command("build_report", kind, period, format=form, out=path, stdout=sys.stderr)
    return json.loads(path.read_text(encoding="utf-8")) if form == "json" else path


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, tmp_path_factory):
    """Take the steps of the walk with its own commands; the database is as before afterwards."""
    folder = tmp_path_factory.mktemp("walk")
    given = os.environ.get("CIRCULATION_TABLES")
    source = Path(given) if given else write_small_tables(folder / "tables")
    tables, closed_month = read_tables(source), month_with_most_closed(read_tables(source))
    files = [str(source / f"{year}_circ.csv") for year in YEARS]
    subprocess.run([sys.executable, str(CONVERTER), str(folder), *files], check=True)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_defaults", stdout=sys.stderr)
        for command, name in (("divisions", "divisions"), ("libraries", "libraries"), ("returns", "returns")):
            call_command(f"import_{command}", folder / f"{name}.csv", stdout=sys.stderr)
        grant("secretary", to=User.objects.create(username="office"))
        call_command("lock_months", "2011-01", "2013-12", by="office", with_missing=True, stdout=sys.stderr)
        yield Walk(
            tables=tables,
            reports={year: report(folder, "annual", year) for year in YEARS},
            closed_month=closed_month,
            month_report=report(folder, "monthly", closed_month),
            pdf=report(folder, "annual", "2011", "pdf"),
        )
        transaction.set_rollback(True)


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("year", YEARS)
def test_every_branch_ends_at_its_own_ytd(walk, year):
    in_the_report = {branch: cell["value"] or 0 for branch, __, cell in walk.branches(year)}
    assert in_the_report == {row["branch"]: count_of(row["ytd"]) for row in walk.tables[year]}


@pytest.mark.clause("6.1 d")
@pytest.mark.parametrize("year", YEARS)
def test_the_system_ends_at_the_sum_of_all_ytd(walk, year):
    whole = walk.reports[year]["system"]["L01"]
    assert whole["value"] == sum(count_of(row["ytd"]) for row in walk.tables[year])
    assert sum(cells["L01"]["value"] or 0 for cells in walk.reports[year]["districts"].values()) == whole["value"]
    assert walk.reports[year]["provisional"] is False


def test_a_closed_month_is_shown_as_closed_and_not_as_missing(walk):
    year, month = walk.closed_month.split("-")
    names = {row["name"]: row["code"] for row in walk.month_report["library_names"]}
    shut = {names[row["branch"].strip()] for row in walk.tables[year] if count_of(row[MONTHS[int(month) - 1]]) == 0}
    cells = {code: figures["L01"] for code, figures in walk.month_report["libraries"].items()}
    assert {code for code, cell in cells.items() if cell["status"] == "closed"} == shut
    assert [cells[code]["value"] for code in shut] == [None] * len(shut)
    assert shut.isdisjoint(walk.month_report["system"]["L01"]["missing"])


@pytest.mark.parametrize("year", YEARS)
def test_who_has_no_row_is_missing_and_nobody_else(walk, year):
    names = {row["name"]: row["code"] for row in walk.reports[year]["library_names"]}
    without_row = set(names) - {row["branch"].strip() for row in walk.tables[year]}
    assert walk.reports[year]["system"]["L01"]["missing"] == sorted(names[name] for name in without_row)
    closed_all_year = {row["branch"] for row in walk.tables[year] if not any(count_of(row[month]) for month in MONTHS)}
    assert {branch for branch, __, cell in walk.branches(year) if cell["status"] == "closed"} == closed_all_year


def test_the_annual_report_prints_the_total(walk):
    printed = "".join(page.extract_text() for page in PdfReader(walk.pdf).pages)
    assert printed.count(f"{walk.reports['2011']['system']['L01']['value']:,}") > 0
