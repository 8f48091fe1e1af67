"""Show that a report's figures are those of the returns, and that missing is never zero."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.libraries.actions import change_facts, close_library
from members.libraries.checks import FactsRefused
from members.libraries.models import Division
from members.periods.models import months_of
from members.returns.due.expected import KnownSpells, expected
from members.returns.models import CLOSED, NOT_APPLICABLE
from reports.editions.figures.snapshot import digest, freeze
from reports.editions.figures.spans import periods_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]

MARCH = "2025-03"
ALL = ("FS001", "CC001", "CC002", "NH001", "NH002", "NH003", "NH004", "SD001", "GM001", "SS001")


def system(data, code="V01"):
    cell = data["system"][code]
    return {key: cell[key] for key in ("value", "complete", "expected", "reported", "missing")}


def test_a_month_adds_up_by_library_district_and_system(reported):
    for number, code in enumerate(ALL, 1):
        reported(code, MARCH, V01=number)
    data = freeze("monthly", MARCH)
    assert system(data) == {"value": 55, "complete": True, "expected": 10, "reported": 10, "missing": []}
    assert data["districts"]["440605"]["V01"]["value"] == 4 + 5 + 6 + 7
    assert data["libraries"]["NH002"]["V01"] == {"value": 5, "status": "reported", "note": ""}
    assert sum(cells["V01"]["value"] for cells in data["districts"].values()) == 55


def test_missing_is_never_zero(reported):
    reported("NH001", MARCH, V01=0)
    reported("NH002", MARCH, L01=3)
    data = freeze("monthly", MARCH)
    assert data["libraries"]["NH001"]["V01"] == {"value": 0, "status": "reported", "note": ""}
    assert data["libraries"]["NH002"]["V01"] == {"value": None, "status": "missing", "note": ""}
    assert system(data)["value"] == 0
    assert system(data)["missing"] == sorted(set(ALL) - {"NH001"})
    assert data["districts"]["440606"]["V01"]["value"] is None


def test_not_applicable_and_closed_are_kept_apart_from_zero_and_missing(reported):
    reported("NH001", MARCH, V01=NOT_APPLICABLE)
    reported("NH002", MARCH, V01=CLOSED)
    data = freeze("monthly", MARCH)
    assert data["libraries"]["NH001"]["V01"]["status"] == "na"
    assert data["libraries"]["NH002"]["V01"]["status"] == "closed"
    assert system(data)["missing"] == sorted(set(ALL) - {"NH001", "NH002"})


def test_a_library_suspended_all_month_is_not_expected_and_says_why(reported, library):
    change_facts(library("NH004"), {"status": "suspended"}, on=date(2025, 2, 20))
    data = freeze("monthly", MARCH)
    assert system(data)["expected"] == 9
    assert data["libraries"]["NH004"]["V01"]["status"] == "closed"
    assert [(one["library"], one["periods"]) for one in data["excluded"]] == [("NH004", [MARCH])]
    assert "NH004" not in {one["library"] for one in data["missing"]}


def test_who_left_before_the_month_is_in_no_table(reported, library):
    close_library(library("NH004"), on=date(2025, 3, 1))
    data = freeze("monthly", MARCH)
    assert "NH004" not in data["libraries"]
    assert freeze("monthly", "2025-02")["network"]["closed"] == [
        {"code": "NH004", "name": "千灯湖读书驿站（演示）", "on": "2025-03-01"}
    ]


def test_a_year_sums_flows_and_takes_the_last_stock(reported):
    for month in range(1, 13):
        reported("NH001", f"2025-{month:02}", V01=10, C01=1000 + month)
    data = freeze("annual", "2025")
    assert data["libraries"]["NH001"]["V01"] == {"value": 120, "status": "reported", "note": ""}
    assert data["libraries"]["NH001"]["C01"] == {"value": 1012, "status": "reported", "note": ""}


def test_a_year_with_a_gap_says_partial(reported):
    for month in range(1, 12):
        reported("NH001", f"2025-{month:02}", V01=10)
    data = freeze("annual", "2025")
    assert data["libraries"]["NH001"]["V01"] == {"value": 110, "status": "partial", "note": ""}
    assert "NH001" in data["system"]["V01"]["missing"]
    assert next(one for one in data["missing"] if one["library"] == "NH001")["periods"] == ["2025-12"]


def test_a_year_reported_at_once_stands_for_its_months(reported):
    reported("NH001", "2024", V01=777, C01=50)
    data = freeze("annual", "2024")
    assert data["libraries"]["NH001"]["V01"] == {"value": 777, "status": "reported", "note": ""}
    assert "NH001" not in {one["library"] for one in data["missing"]}


def test_days_open_do_not_add_up_over_libraries(reported):
    for code in ALL:
        reported(code, MARCH, N05=20)
    data = freeze("monthly", MARCH)
    assert (data["system"]["N05"]["value"], data["system"]["N05"]["complete"]) == (None, True)
    assert data["libraries"]["NH001"]["N05"]["value"] == 20


def test_figures_stand_beside_last_year_and_last_month(reported):
    reported("NH001", "2024-03", V01=100)
    reported("NH001", "2025-02", V01=80)
    reported("NH001", MARCH, V01=120)
    cell = freeze("monthly", MARCH)["system"]["V01"]
    assert (cell["value"], cell["last_year"], cell["last_period"]) == (120, 100, 80)
    assert [one["period"] for one in cell["series"]] == [f"2024-{m:02}" for m in range(3, 13)] + [
        "2025-01",
        "2025-02",
        "2025-03",
    ]


def test_the_network_of_the_period_is_that_of_the_period(reported, library):
    change_facts(library("NH004"), {"address": "桂城新路1号"}, on=date(2025, 3, 10))
    march, april = freeze("monthly", MARCH)["network"], freeze("monthly", "2025-04")["network"]
    assert march["moved"] == [
        {
            "code": "NH004",
            "name": "千灯湖读书驿站（演示）",
            "on": "2025-03-10",
            "before": "桂城演示路9号",
            "after": "桂城新路1号",
        }
    ]
    assert (march["libraries"], april["moved"]) == (10, [])


def test_the_same_figures_have_the_same_digest(reported):
    reported("NH001", MARCH, V01=120)
    assert digest(freeze("monthly", MARCH)) == digest(freeze("monthly", MARCH))
    first = digest(freeze("monthly", MARCH))
    reported("NH001", MARCH, V01=121)
    assert digest(freeze("monthly", MARCH)) != first


def test_a_period_is_provisional_until_its_months_are_locked(reported, period):
    reported("NH001", MARCH, V01=120)
    assert freeze("monthly", MARCH)["provisional"] is True
    period(MARCH, locked=True)
    assert freeze("monthly", MARCH)["provisional"] is False
    assert freeze("annual", "2025")["provisional"] is True


@pytest.mark.checklist("D10")
@time_machine.travel("2025-03-31 15:59:00+00:00")
def test_march_is_not_due_before_it_is_over_in_shanghai(reported):
    assert freeze("monthly", MARCH)["system"]["V01"]["expected"] == 0


@pytest.mark.checklist("D10")
@time_machine.travel("2025-03-31 16:01:00+00:00")
def test_march_is_due_one_minute_into_april_in_shanghai(reported):
    assert freeze("monthly", MARCH)["system"]["V01"]["expected"] == 10


def test_reading_a_year_costs_the_same_queries_for_more_libraries(reported, django_assert_max_num_queries):
    for code in ALL:
        for month in range(1, 13):
            reported(code, f"2025-{month:02}", V01=1)
    with django_assert_max_num_queries(90):
        freeze("annual", "2025")


def test_a_stock_of_the_end_is_that_of_who_is_there_at_the_end(reported, library):
    """December says 5 cards, and so does the year: what left in June has no stock at the end of it."""
    for month in range(1, 13):
        reported("NH001", f"2025-{month:02}", R04=5, R01=1)
    for month in range(1, 6):
        reported("NH004", f"2025-{month:02}", R04=5, R01=1)
    close_library(library("NH004"), on=date(2025, 6, 1))
    december, year = freeze("monthly", "2025-12"), freeze("annual", "2025")
    assert system(december, "R04")["value"] == system(year, "R04")["value"] == 5
    assert system(year, "R01")["value"] == 12 + 5
    assert year["libraries"]["NH004"]["R04"] == {"value": None, "status": "na", "note": ""}
    assert "NH004" not in year["system"]["R04"]["missing"]


def test_a_year_by_district_is_the_sum_of_its_months_after_a_move(reported, library, division):
    for month in range(1, 13):
        reported("NH004", f"2025-{month:02}", V01=10, C01=100 + month)
    change_facts(library("NH004"), {"district": division("440604"), "town": None}, on=date(2025, 4, 15))
    months = [freeze("monthly", f"2025-{month:02}") for month in range(1, 13)]
    year = freeze("annual", "2025")
    for code in ("440604", "440605"):
        flows = [one["districts"][code]["V01"]["value"] or 0 for one in months]
        assert year["districts"][code]["V01"]["value"] == sum(flows)
    assert year["districts"]["440605"]["V01"]["value"] == 30
    assert year["districts"]["440604"]["V01"]["value"] == 90
    assert year["districts"]["440604"]["C01"]["value"] == 112
    assert year["districts"]["440605"]["C01"]["value"] is None
    assert year["libraries"]["NH004"]["V01"]["value"] == 120


def test_what_is_locked_is_read_as_it_was_locked(reported, period, library):
    """What is entered late empties no month that was closed and published, and moves none of its figures."""
    for code in ALL:
        reported(code, MARCH, V01=10)
    period(MARCH, locked=True)
    before = freeze("monthly", MARCH)
    with pytest.raises(FactsRefused):
        close_library(library("NH004"), on=date(2025, 3, 1))
    close_library(library("NH004"), on=date(2025, 4, 1))
    change_facts(library("NH003"), {"status": "suspended", "name": "别名"}, on=date(2025, 2, 1))
    assert freeze("monthly", MARCH) == before
    assert system(freeze("annual", "2025"))["value"] == 100
    april = freeze("monthly", "2025-04")
    assert april["system"]["V01"]["last_period"] == 100
    assert "NH004" not in april["libraries"]


@pytest.fixture
def division(cast):
    return lambda code: Division.objects.get(code=code)


@pytest.mark.parametrize(("kind", "code"), [("monthly", MARCH), ("annual", "2025")])
def test_the_registry_is_read_once_however_many_months_are_set_side_by_side(reported, kind, code):
    for month in months_of("2025"):
        reported("NH001", month, V01=12)
    with CaptureQueriesContext(connection) as asked:
        freeze(kind, code)
    whole_registry = [one["sql"] for one in asked if 'FROM "members_spell" INNER JOIN "members_library"' in one["sql"]]
    # Once for all months; twice for the network of the last day and what changed in it, and so for the chronicle.
    assert len(whole_registry) <= 5


def test_what_was_read_once_is_what_each_month_reads_for_itself(library, period):
    """A month is read as the registry stood when it was locked, whatever was entered later."""
    for month in ("2025-01", "2025-02"):
        period(month, locked=True)
    change_facts(library("NH002"), {"status": "suspended"}, on=date(2025, 1, 1))
    close_library(library("NH004"), on=date(2025, 3, 11))
    known = KnownSpells(date(2024, 1, 1), date(2025, 12, 31))
    for one in periods_of("2025"):
        alone, together = expected(one), expected(one, known)
        for told in ("libraries", "excluded"):
            assert [row[1:] for row in getattr(alone, told)] == [row[1:] for row in getattr(together, told)]
