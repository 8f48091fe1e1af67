"""Hold that a report adds up: libraries to districts, districts to the system, months to the year (6.2.1 j)."""

import hashlib
import json
from datetime import date

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from members.indicators.models import Indicator
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Division
from members.periods.models import months_of
from reports.editions.figures import adding
from reports.editions.figures.snapshot import digest, freeze

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]
YEAR = months_of("2025")
FLOWS, STOCKS = ("V01", "E01"), ("R04", "C01")


@pytest.fixture
def year(reported, library):
    """Report a year in which one moves, one leaves, one rests, one is late to begin, and cells are empty or marked."""
    district = Division.objects.get(code="440604")
    change_facts(library("NH004"), {"district": district, "town": None}, on=date(2025, 4, 15))
    close_library(library("SD001"), on=date(2025, 9, 10))
    change_facts(library("CC002"), {"status": "suspended"}, on=date(2025, 6, 1), until=date(2025, 8, 1))
    for number, month in enumerate(YEAR, 1):
        for weight, code in enumerate(("FS001", "NH001", "NH002", "NH004", "CC002", "SD001"), 1):
            if (code == "CC002" and number in (6, 7)) or (code == "SD001" and number > 9):
                continue
            figures = {"V01": weight * 100 + number, "R04": weight * 1000 + number, "E01": "na", "C01": weight}
            if code == "NH002":
                # March is not reported at all, of May one cell, of July another one is marked.
                figures |= {"E01": number, "R04": "closed" if number == 7 else 5}
                figures = {} if number == 3 else figures
                if number == 5:
                    del figures["V01"]
            if figures:
                reported(code, month, **figures)


def values(data, code):
    """Return (system, sum of the districts, sum of the libraries); nothing anywhere is None."""
    of_districts = [cells[code]["value"] for cells in data["districts"].values()]
    of_libraries = [cells[code]["value"] for cells in data["libraries"].values()]
    sums = [
        sum(some) if (some := [one for one in part if one is not None]) else None
        for part in (of_districts, of_libraries)
    ]
    return data["system"][code]["value"], *sums


@pytest.mark.parametrize("code", ["2025-03", "2025-04", "2025-07", "2025-09", "2025-10", "2025"])
def test_a_report_is_the_sum_of_its_districts_and_of_its_libraries(year, code):
    data = freeze("monthly" if "-" in code else "annual", code)
    assert data["system"]["V01"]["value"] > 0
    for one in (*FLOWS, *STOCKS):
        total, of_districts, of_libraries = values(data, one)
        assert (one, of_districts, of_libraries) == (one, total, total)


def test_the_months_of_districts_and_libraries_are_those_of_the_report(year):
    """The charts of a place draw nothing that the tables of the same report do not add up to."""
    data = freeze("annual", "2025")
    months = data["by_month"]
    for at, point in enumerate(data["system"]["V01"]["series"]):
        of_places = [places["V01"][at] for places in months["districts"].values()]
        given = [one["value"] for one in of_places if one["value"] is not None]
        found = (
            sum(given) if given else None,
            *(sum(one[key] for one in of_places) for key in ("expected", "reported")),
        )
        assert found == (point["value"], point["expected"], point["reported"])
    for code, cells in data["libraries"].items():
        given = [answer for answer in months["libraries"][code]["V01"] if isinstance(answer, int)]
        assert (code, sum(given) if given else None) == (code, cells["V01"]["value"])
    rested = months["libraries"]["CC002"]["V01"]
    assert (rested[5:7], months["libraries"]["SD001"]["V01"][9:]) == ([None, None], [None] * 3)
    assert months["libraries"]["NH002"]["V01"][2:5:2] == ["missing", "missing"]


@pytest.mark.parametrize("code", ["2025-07", "2025"])
def test_a_report_says_the_same_however_many_libraries_are_read_at_once(year, reported, monkeypatch, code):
    """So freezing holds the returns of a few alone, and its digest is what it was."""
    reported("CC002", "2025-07", {"V01": "核对", "E01": "核对"}, V01=5)
    kind = "monthly" if "-" in code else "annual"
    together = freeze(kind, code)
    whole = json.dumps(together, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert digest(together) == hashlib.sha256(whole.encode()).hexdigest()
    for at_once in (1, 4):
        monkeypatch.setattr(adding, "AT_ONCE", at_once)
        assert freeze(kind, code) == together


def test_a_flow_of_a_year_is_the_sum_of_its_months_and_a_stock_is_that_of_its_last_one(year):
    data, months = freeze("annual", "2025"), [freeze("monthly", month) for month in YEAR]
    for code in FLOWS:
        assert data["system"][code]["value"] == sum(one["system"][code]["value"] or 0 for one in months)
        for library, cells in data["libraries"].items():
            given = [one["libraries"].get(library, {}).get(code, {}).get("value") for one in months]
            assert (library, cells[code]["value"] or 0) == (library, sum(value or 0 for value in given))
    for code in STOCKS:
        assert data["system"][code]["value"] == months[-1]["system"][code]["value"]


def test_expected_reported_and_missing_add_up_everywhere(year):
    for data in (freeze("monthly", "2025-03"), freeze("monthly", "2025-07"), freeze("annual", "2025")):
        for cells in (data["system"], *data["districts"].values()):
            for cell in cells.values():
                assert cell["expected"] == cell["reported"] + len(cell["missing"])
                assert cell["complete"] == (not cell["missing"])


def test_who_is_missing_in_a_month_is_missing_in_exactly_one_district(year):
    data = freeze("monthly", "2025-03")
    for one in Indicator.objects.in_use().values_list("code", flat=True):
        districts = [cells[one] for cells in data["districts"].values()]
        assert sorted(code for cell in districts for code in cell["missing"]) == data["system"][one]["missing"]
        assert sum(cell["expected"] for cell in districts) == data["system"][one]["expected"]


def test_the_list_of_who_is_missing_names_the_libraries_of_which_nothing_came(year):
    data = freeze("monthly", "2025-03")
    assert [one["library"] for one in data["missing"]] == ["CC001", "NH002", "NH003", "GM001", "SS001"]
    gaps = {one["library"]: one["periods"] for one in freeze("annual", "2025")["missing"]}
    assert gaps == {"CC001": YEAR, "NH002": ["2025-03"], "NH003": YEAR, "GM001": YEAR, "SS001": YEAR}


def test_who_rests_and_who_has_left_is_not_missed(year):
    data = freeze("annual", "2025")
    rests = [(one["library"], one["periods"], one["reason"]) for one in data["excluded"]]
    assert rests == [("CC002", ["2025-06", "2025-07"], "suspended all the time")]
    october = freeze("monthly", "2025-10")
    assert ("SD001" in october["libraries"], october["system"]["V01"]["expected"]) == (False, 9)


def test_the_series_of_a_year_holds_the_totals_of_its_months(year):
    series = freeze("annual", "2025")["system"]["V01"]["series"]
    assert [one["period"] for one in series] == YEAR
    for one in series[::5]:
        assert one["value"] == freeze("monthly", one["period"])["system"]["V01"]["value"]
