"""Hold that the numbers of the first page are those of the records, and are for those who may read them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Division, Spell
from members.periods.models import Period
from members.returns.models import Return
from reports.dashboard.desk import latest_figures, meetings_of_year, network_today, returns_of
from reports.demo.cast import PEOPLE
from reports.editions.models import Edition

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Everybody who may read of the meetings; the others find no word of them.
READERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
FEBRUARY = "2026-02"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)) as traveller:
        yield traveller


def districts(network):
    return {one["label"]: one["value"] for one in network["districts"]}


def test_the_network_is_counted_by_level_and_district(cast):
    network = network_today()
    assert network["total"] == sum(count for __, count in network["levels"]) == sum(districts(network).values()) == 10
    assert [count for __, count in network["levels"]] == [1, 5, 3, 1]
    assert list(districts(network).items()) == [
        ("佛山市", 1), ("禅城区", 2), ("南海区", 4), ("顺德区", 1), ("高明区", 1), ("三水区", 1),
    ]  # fmt: skip


def test_the_network_of_today_knows_neither_who_has_left_nor_what_is_still_to_come(library):
    today = timezone.localdate()
    close_library(library("NH004"), on=today)
    close_library(library("CC002"), on=today + timedelta(days=1))
    move = {"district": Division.objects.get(code="440604"), "town": None, "parent": library("CC001")}
    change_facts(library("NH003"), move, on=today)
    change_facts(library("NH002"), move, on=today + timedelta(days=1))
    network = network_today()
    assert (network["total"], districts(network)["禅城区"], districts(network)["南海区"]) == (9, 3, 2)


def test_each_bar_leads_to_as_many_libraries_as_it_says(cast, signed_in):
    client = signed_in("observer")
    for one in network_today()["districts"]:
        assert client.get(one["url"]).context["page"].paginator.count == one["value"]


def test_an_empty_registry_is_shown_without_a_division_by_zero(db):
    assert network_today() == {"total": 0, "levels": [(one.label, 0) for one in Spell.Level], "districts": []}


def test_the_returns_of_a_month_are_counted_by_state(cast, library):
    period = Period.objects.create(code=FEBRUARY, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28))
    other = Period.objects.create(code="2026-01", first_day=date(2026, 1, 1), last_day=date(2026, 1, 31))
    for code, state in (("NH001", "accepted"), ("NH002", "accepted"), ("NH003", "submitted"), ("NH004", "draft")):
        Return.objects.create(library=library(code), period=period, state=state, figures={"V01": 1})
    Return.objects.create(library=library("NH001"), period=other, state="accepted", figures={"V01": 1})
    counts = {key: value for key, value in returns_of(FEBRUARY).items() if key != "url"}
    assert counts == {"code": FEBRUARY, "accepted": 2, "submitted": 1, "received": 3}


def test_a_month_without_returns_counts_nothing(cast):
    assert (returns_of("2026-01")["received"], Period.objects.count()) == (0, 0)


def test_the_page_speaks_of_the_month_that_is_over(cast, signed_in):
    assert signed_in("nanhai").get(reverse("dashboard")).context["returns"]["code"] == FEBRUARY


@pytest.mark.clause("7.1")
def test_the_duty_to_meet_is_shown_to_those_who_read_of_the_meetings(cast, person):
    assert {one.username for one in PEOPLE if meetings_of_year(person(one.username))} == READERS


@pytest.mark.clause("7.1")
def test_the_duty_counts_this_year_and_names_the_next_meeting(cast, person):
    office, chair = person("office"), person("chair")

    def call(starts_at):
        return meetings.call_meeting(kind=Meeting.Kind.JOINT, starts_at=starts_at, place="x", by=office)

    now = timezone.now()
    held = call(now - timedelta(days=20))
    meetings.write_roll(held, [{"name": "梁主任", "unit": "", "presence": "present"}], by=office)
    meetings.sign_roll(held, by=office)
    meetings.write_minutes(held, "议定", by=office)
    meetings.sign_minutes(held, by=chair)
    call(now - timedelta(days=400))
    call(now + timedelta(days=90))
    following = call(now + timedelta(days=30))
    meetings.cancel_meeting(call(now + timedelta(days=2)), by=office)
    assert meetings_of_year(chair) == {"year": 2026, "counting": 1, "due": 2, "next": following}


def edition(period, number, *, published, kind="monthly", value=1):
    system = {code: {"value": value, "additive": True, "complete": True} for code in ("L01", "V01", "C01")}
    when = timezone.now() if published else None
    return Edition.objects.create(
        kind=kind,
        period=period,
        number=number,
        digest=f"{kind}{period}{number}",
        published_at=when,
        snapshot={"system": system},
    )


@pytest.mark.clause("6.2.1 j")
def test_the_newest_report_is_that_which_the_person_may_read(cast, person):
    published = edition("2025-12", 1, published=True)
    edition("2025-11", 1, published=True)
    edition("2025", 1, published=True, kind="annual")
    newest = edition("2026-01", 2, published=False)
    edition("2026-01", 1, published=False)
    assert latest_figures(person("office"))["edition"] == newest
    assert latest_figures(person("nanhai"))["edition"] == published


@pytest.mark.clause("6.2.1 j")
def test_of_the_newest_report_the_first_figures_are_shown_that_it_has(cast, person):
    edition("2025-12", 1, published=True, value=7)
    rows = latest_figures(person("nanhai"))["rows"]
    assert [(indicator.code, cell["value"]) for indicator, cell in rows] == [("V01", 7), ("L01", 7)]


def test_without_a_report_nothing_is_shown(cast, person):
    edition("2026-01", 1, published=False)
    assert latest_figures(person("nanhai")) is None
