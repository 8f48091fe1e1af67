"""Hold that a report tells each change of the network once, in the month of its day (6.2.1 e, 6.2.1 j)."""

from datetime import date

import pytest

from members.libraries.actions import change_facts, close_library, open_library
from members.libraries.models import Division
from members.periods.models import months_of, period_days
from reports.editions.figures.network import network

pytestmark = pytest.mark.clause("6.2.1 e", "6.2.1 j")
CHANGES = ("opened", "closed", "moved", "transferred")
NAME, NOWHERE = "千灯湖读书驿站（演示）", "桂城演示路9号"


def told(code):
    """Return [(kind, code, day)] of what the report of a period tells."""
    found = network(*period_days(code))
    return [(kind, one["code"], one["on"]) for kind in CHANGES for one in found[kind]]


@pytest.fixture
def division(cast):
    return lambda code: Division.objects.get(code=code)


@pytest.fixture
def enter(library, division):
    """Enter a service point of 南海: `enter("NH050", day)`."""

    def open_point(code, since, until=None, **facts):
        point = {"name": f"{code}驿站", "level": "point", "district": division("440605"), "parent": library("NH002")}
        return open_library(code, point | facts, since=since, until=until)

    return open_point


@pytest.mark.parametrize(
    ("since", "month"),
    [
        (date(2025, 2, 28), "2025-02"),
        (date(2025, 3, 1), "2025-03"),
        (date(2025, 3, 31), "2025-03"),
        (date(2025, 4, 1), "2025-04"),
    ],
)
def test_who_joins_is_told_in_the_month_of_the_first_day(enter, since, month):
    enter("NH050", since)
    assert {code: told(code) for code in ("2025-02", "2025-03", "2025-04")} == {
        code: [("opened", "NH050", since.isoformat())] if code == month else []
        for code in ("2025-02", "2025-03", "2025-04")
    }


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (date(2025, 3, 1), "2025-02"),
        (date(2025, 3, 2), "2025-03"),
        (date(2025, 3, 31), "2025-03"),
        (date(2025, 4, 1), "2025-03"),
        (date(2025, 4, 2), "2025-04"),
    ],
)
def test_who_leaves_is_told_in_the_month_of_the_last_day(library, on, month):
    close_library(library("NH004"), on=on)
    assert {code: told(code) for code in ("2025-02", "2025-03", "2025-04")} == {
        code: [("closed", "NH004", on.isoformat())] if code == month else []
        for code in ("2025-02", "2025-03", "2025-04")
    }


@pytest.mark.parametrize(("on", "counted"), [(date(2025, 3, 31), 9), (date(2025, 4, 1), 10)])
def test_who_is_there_on_the_last_day_is_counted(library, on, counted):
    close_library(library("NH004"), on=on)
    found = network(*period_days("2025-03"))
    assert (found["libraries"], found["by_level"]["point"], found["by_district"]["440605"]) == (
        counted,
        counted - 9,
        counted - 6,
    )


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({"address": "新路1号"}, ["moved"]),
        ({"district": "440604", "town": None}, ["transferred"]),
        ({"address": "新路1号", "district": "440604", "town": None}, ["moved", "transferred"]),
        ({"name": "别名"}, []),
        ({"status": "suspended"}, []),
        ({"seats": 12}, []),
    ],
)
def test_only_a_new_address_or_district_is_a_change_of_the_network(library, division, facts, kinds):
    facts = {field: division(value) if field == "district" else value for field, value in facts.items()}
    change_facts(library("NH004"), facts, on=date(2025, 3, 10))
    assert told("2025-03") == [(kind, "NH004", "2025-03-10") for kind in kinds]


def test_a_transfer_says_from_where_to_where(library, division):
    change_facts(library("NH004"), {"district": division("440604"), "town": None}, on=date(2025, 3, 10))
    assert network(*period_days("2025-03"))["transferred"] == [
        {"code": "NH004", "name": NAME, "on": "2025-03-10", "before": "440605", "after": "440604"}
    ]


def test_a_move_for_a_time_is_told_there_and_back(library):
    change_facts(library("NH004"), {"address": "临时路1号"}, on=date(2025, 3, 10), until=date(2025, 3, 20))
    found = network(*period_days("2025-03"))["moved"]
    assert [(one["on"], one["before"], one["after"]) for one in found] == [
        ("2025-03-10", NOWHERE, "临时路1号"),
        ("2025-03-20", "临时路1号", NOWHERE),
    ]


def test_who_comes_back_after_a_gap_left_and_joined(library, enter):
    close_library(library("NH004"), on=date(2025, 3, 10))
    enter("NH004", date(2025, 3, 20))
    assert told("2025-03") == [("opened", "NH004", "2025-03-20"), ("closed", "NH004", "2025-03-10")]


def test_who_comes_back_on_the_next_day_never_left(library, enter):
    close_library(library("NH004"), on=date(2025, 3, 10))
    enter("NH004", date(2025, 3, 10), address=NOWHERE)
    assert told("2025-03") == []


def test_who_was_there_for_a_few_days_joined_and_left(enter):
    enter("NH050", date(2025, 3, 10), until=date(2025, 3, 20))
    assert told("2025-03") == [("opened", "NH050", "2025-03-10"), ("closed", "NH050", "2025-03-20")]
    assert network(*period_days("2025-03"))["libraries"] == 10


def test_what_was_superseded_is_told_no_more(library):
    change_facts(library("NH004"), {"address": "误写的路"}, on=date(2025, 3, 10))
    change_facts(library("NH004"), {"address": NOWHERE}, on=date(2025, 3, 10))
    assert told("2025-03") == []


def test_a_year_tells_what_its_months_tell_and_adds_up(library, division, enter):
    enter("NH050", date(2025, 1, 1))
    enter("NH051", date(2025, 5, 31), until=date(2025, 12, 1))
    change_facts(library("NH003"), {"address": "新路1号"}, on=date(2025, 6, 1))
    change_facts(library("NH004"), {"district": division("440604"), "town": None}, on=date(2025, 12, 31))
    close_library(library("CC002"), on=date(2026, 1, 1))
    assert sorted(told("2025")) == sorted(one for month in months_of("2025") for one in told(month))
    year = network(*period_days("2025"))
    assert year["libraries"] == sum(year["by_level"].values()) == sum(year["by_district"].values()) == 11
    assert year == network(*period_days("2025-12")) | {kind: year[kind] for kind in CHANGES}
