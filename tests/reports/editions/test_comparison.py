"""Two totals are set against each other over the libraries and months that have figures on both sides (6.1 d)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.translation import override

from members.libraries.actions import change_facts
from members.libraries.models import Division, Library
from reports.documents.figures import TOO_FEW
from reports.documents.reading import Reading
from reports.documents.tables import key_figures
from reports.documents.words.proposal import OVERVIEW, paragraphs
from reports.editions.figures.comparison import NO_BASE
from reports.editions.figures.snapshot import freeze

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.1 d", "6.2.1 j")]

MARCH, BEFORE, YEAR_AGO = "2025-03", "2025-02", "2024-03"
IN_MAY = datetime(2025, 5, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def codes(library):
    return sorted(Library.objects.values_list("code", flat=True))


def on_year(data, code="V01"):
    return data["system"][code]["change"]["last_year"]


def test_a_library_without_a_figure_on_one_side_moves_nothing(reported, codes):
    for number, code in enumerate(codes):
        reported(code, MARCH, V01=120)
        if number:
            reported(code, YEAR_AGO, V01=100)
    data = freeze("monthly", MARCH)
    assert (data["system"]["V01"]["value"], data["system"]["V01"]["last_year"]) == (1200, 900)
    assert on_year(data) == {"libraries": 9, "of": 10, "value": 1080, "base": 900, "rate": 0.2}


def test_too_few_on_both_sides_are_not_comparable(reported, codes, settings):
    for number, code in enumerate(codes):
        reported(code, MARCH, V01=120)
        if number < 7:
            reported(code, BEFORE, V01=100)
    change = freeze("monthly", MARCH)["system"]["V01"]["change"]
    told = {"libraries": 7, "of": 10, "value": 840, "base": 700, "rate": None, "reason": TOO_FEW}
    assert change == {
        "last_period": told,
        "last_year": told | {"libraries": 0, "value": 0, "base": 0, "reason": NO_BASE},
    }
    settings.COMPARABLE_FROM = 0.7
    assert freeze("monthly", MARCH)["system"]["V01"]["change"]["last_period"]["rate"] == 0.2


def test_to_whom_it_does_not_apply_is_not_asked_for(reported, codes):
    for number, code in enumerate(codes):
        for month, value in ((MARCH, 30), (YEAR_AGO, 20)):
            reported(code, month, V01=value if number < 3 else ("na", "closed")[number % 2])
    assert on_year(freeze("monthly", MARCH)) == {"libraries": 3, "of": 3, "value": 90, "base": 60, "rate": 0.5}


def test_a_stock_is_that_of_the_same_month_on_both_sides(reported, codes):
    for code in codes:
        reported(code, "2025-12", C01=110)
        reported(code, "2024-12", C01=100)
    assert [on_year(freeze("annual", "2025"), "C01")[key] for key in ("libraries", "base", "rate")] == [10, 1000, 0.1]
    reported(codes[0], "2024-11", C01=90)
    reported(codes[1], "2025-11", C01=90)
    assert on_year(freeze("annual", "2025"), "C01")["base"] == 1000


def test_what_was_not_served_or_does_not_apply_is_no_figure(reported, codes, settings):
    settings.COMPARABLE_FROM = 0.1
    for day, values in ((MARCH, ("closed", "na", 30)), (YEAR_AGO, (100, 100, 20))):
        for code, value in zip(codes, values, strict=False):
            reported(code, day, V01=value)
    assert [on_year(freeze("monthly", MARCH))[key] for key in ("libraries", "value", "base")] == [1, 30, 20]


def test_a_year_counts_the_months_that_both_years_have(reported, codes, settings):
    settings.COMPARABLE_FROM = 0
    for month in range(1, 13):
        reported(codes[0], f"2025-{month:02}", V01=12)
        if month > 6:
            reported(codes[0], f"2024-{month:02}", V01=10)
    data = freeze("annual", "2025")
    assert (data["system"]["V01"]["value"], data["system"]["V01"]["last_year"]) == (144, 60)
    assert [on_year(data)[key] for key in ("libraries", "value", "base", "rate")] == [1, 72, 60, 0.2]


def test_half_of_the_months_are_half_of_the_coverage(reported, codes):
    for code in codes:
        for month in range(1, 13):
            reported(code, f"2025-{month:02}", V01=12)
            if month > 6:
                reported(code, f"2024-{month:02}", V01=10)
    assert on_year(freeze("annual", "2025"))["reason"] == TOO_FEW


def test_a_year_reported_at_once_stands_against_whole_years_alone(reported, codes, settings):
    settings.COMPARABLE_FROM = 0
    reported(codes[0], "2024", V01=100)
    for month in range(1, 12):
        reported(codes[0], f"2025-{month:02}", V01=10)
    assert on_year(freeze("annual", "2025"))["reason"] == NO_BASE
    reported(codes[0], "2025-12", V01=10)
    assert [on_year(freeze("annual", "2025"))[key] for key in ("value", "base")] == [120, 100]


def test_a_year_that_is_not_over_stands_beside_the_same_months(reported, codes, settings):
    settings.COMPARABLE_FROM = 0
    for month in range(1, 13):
        reported(codes[0], f"2024-{month:02}", V01=100)
    for month in range(1, 5):
        reported(codes[0], f"2025-{month:02}", V01=110)
    with time_machine.travel(IN_MAY), override("zh-hans"):
        data = freeze("annual", "2025") | {"edition": 1, "frozen_at": IN_MAY.isoformat(), "hash": "0" * 64}
        reading = Reading(data)
        heads = [column.name for column in key_figures(reading).columns]
        opening = paragraphs(reading, OVERVIEW)[0]
    assert (data["system"]["V01"]["last_year"], on_year(data)["rate"], data["network"]["on"]) == (
        400,
        0.1,
        "2025-04-30",
    )
    assert heads[2:4] == ["2025年1月—4月", "2024年1月—4月"]
    assert opening.startswith("截至2025年4月30日，")
    assert opening.endswith("本年以来无新增、撤销、搬迁。")


def test_a_year_that_is_not_over_knows_nothing_of_what_is_to_come(reported, library):
    change_facts(library("NH004"), {"address": "桂城新路1号"}, on=datetime(2025, 9, 1).date())
    with time_machine.travel(IN_MAY):
        assert freeze("annual", "2025")["network"]["moved"] == []


def test_a_district_is_compared_over_who_stood_in_it_both_times(reported, library, settings):
    settings.COMPARABLE_FROM = 0
    for code in ("NH001", "NH004"):
        reported(code, YEAR_AGO, V01=100)
        reported(code, MARCH, V01=110)
    change_facts(
        library("NH004"),
        {"district": Division.objects.get(code="440604"), "town": None},
        on=datetime(2025, 1, 1).date(),
    )
    data = freeze("monthly", MARCH)
    found = {code: data["districts"][code]["V01"]["change"]["last_year"] for code in ("440604", "440605")}
    assert [found["440605"][key] for key in ("libraries", "value", "base")] == [1, 110, 100]
    assert found["440604"]["libraries"] == 0
    assert on_year(data)["libraries"] == 2


def test_each_month_of_the_way_is_set_against_the_one_before(reported, codes):
    for code in codes:
        reported(code, BEFORE, V01=100)
        reported(code, MARCH, V01=150)
    series = freeze("monthly", MARCH)["system"]["V01"]["series"]
    assert [point["change"] and point["change"]["rate"] for point in series] == [None] * 12 + [0.5]


def test_what_does_not_add_up_does_not_move(reported):
    reported("NH001", MARCH, N05=20)
    assert freeze("monthly", MARCH)["system"]["N05"]["change"] == {"last_period": None, "last_year": None}


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ({}, ["No figure can be compared with the year before."]),
        ({"V01": 100}, ["Not comparable with the year before: Loans, Events."]),
        ({"V01": 100, "L01": 5, "E01": 1}, []),
    ],
)
def test_what_cannot_be_compared_is_said_once(reported, codes, before, told):
    for code in codes:
        reported(code, MARCH, V01=120, L01=5, E01=1)
        reported(code, BEFORE, V01=100, L01=5, E01=1)
        if before:
            reported(code, YEAR_AGO, **before)
    with override("en"):
        data = freeze("monthly", MARCH) | {"edition": 1, "frozen_at": IN_MAY.isoformat(), "hash": "0" * 64}
        said = paragraphs(Reading(data), OVERVIEW)
    assert [sentence for sentence in said if "compar" in sentence] == told
