"""Hold that the numbers of the first page are those of the records, and are for those who may read them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from fsul_portal.records.news import news_for
from members.libraries.actions import change_facts, close_library
from members.libraries.models import Division, Spell
from members.periods.models import Period
from members.returns.due.scope import Scope, scope_of
from members.returns.models import Return
from reports.dashboard.desk import latest_figures, meetings_of_year, network_today, own_return, returns_of
from reports.dashboard.figures import chart_of
from reports.demo.cast import PEOPLE
from reports.editions.models import Edition
from tests.english import in_english
from tests.minutes import signed
from workgroups.coordination.filings import actions as filings

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Everybody who may read of the meetings; the others find no word of them.
READERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
FEBRUARY = "2026-02"
WHOLE = Scope(None, "the whole")
MOVE = {"town": "440605125", "address": "新路1号", "longitude": "", "latitude": "", "crs": ""}
__all__ = ["in_english"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)) as traveller:
        yield traveller


def districts(network):
    return {one["label"]: one["value"] for one in network["districts"]}


def test_the_network_is_counted_by_level_and_district(cast):
    network = network_today(WHOLE)
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
    network = network_today(WHOLE)
    assert (network["total"], districts(network)["禅城区"], districts(network)["南海区"]) == (9, 3, 2)


def test_each_bar_leads_to_as_many_libraries_as_it_says(cast, signed_in):
    client = signed_in("observer")
    for one in network_today(WHOLE)["districts"]:
        assert client.get(one["url"]).context["page"].paginator.count == one["value"]


def test_an_empty_registry_is_shown_without_a_division_by_zero(db):
    network = network_today(WHOLE)
    assert (network["total"], network["districts"]) == (0, [])
    assert network["levels"] == [(one.label, 0) for one in Spell.Level]


# Of what the numbers speak --------------------------------------------------------------------------------------------

SCOPES = {
    "admin": ("whole system", 10, None),
    "office": ("whole system", 10, (10, 2, 1)),
    "chair": ("whole system", 10, (10, 2, 1)),
    "observer": ("whole system", 10, None),
    "nanhai": ("Nanhai District", 4, (4, 2, 1)),
    "nanhai-reviewer": ("Nanhai District", 4, (4, 2, 1)),
    "chancheng": ("Chancheng District", 2, (2, 0, 0)),
    "central": ("Foshan City", 1, (1, 0, 0)),
    "branch": ("桂城分馆（演示）", 1, None),
}


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("username", SCOPES)
def test_the_numbers_speak_of_what_the_person_has_in_hand(username, cast, person, library, in_english):
    hand_in_february(library)
    scope = scope_of(person(username)).of_reports
    returns = returns_of(scope)
    counts = returns and tuple(getattr(returns["counts"], name) for name in ("expected", "received", "accepted"))
    assert (scope.words, network_today(scope)["total"], counts) == SCOPES[username]


def hand_in_february(library):
    period = Period.objects.create(code=FEBRUARY, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28))
    for code, state in (("NH001", "accepted"), ("NH003", "submitted"), ("NH004", "draft"), ("NH002", "returned")):
        Return.objects.create(library=library(code), period=period, state=state, figures={"V01": 1})
    # Of another month: it counts nowhere.
    other = Period.objects.create(code="2026-01", first_day=date(2026, 1, 1), last_day=date(2026, 1, 31))
    Return.objects.create(library=library("NH001"), period=other, state="accepted", figures={"V01": 1})


@pytest.mark.clause("6.2.1 j")
def test_a_library_reads_how_its_own_return_stands_and_is_not_called_late_before_the_day(person, library, clock):
    assert own_return(scope_of(person("nanhai"))) is None
    branch = scope_of(person("branch"))
    assert (own_return(branch)["state"], own_return(branch)["is_due"]) == (None, True)
    clock.move_to(datetime(2026, 3, 5, 23, 59, tzinfo=SHANGHAI))
    assert (own_return(branch)["in_hand"], own_return(branch)["is_due"]) == (True, False)
    hand_in_february(library)
    Return.objects.filter(library=library("NH002")).update(state="accepted")
    clock.move_to(datetime(2026, 3, 10, 9, tzinfo=SHANGHAI))
    assert [own_return(branch)[key] for key in ("in_hand", "is_due")] == [False, False]


@pytest.mark.clause("6.2.1 j")
def test_before_the_day_a_return_is_still_to_come_and_missing_only_after_it(person, clock):
    office = scope_of(person("office"))
    assert returns_of(office)["is_due"] is True
    clock.move_to(datetime(2026, 3, 5, 23, 59, tzinfo=SHANGHAI))
    assert returns_of(office)["is_due"] is False


@pytest.mark.parametrize("username", ["admin", "observer", "nanhai", "office", "branch"])
def test_nobody_reads_that_nothing_is_expected_where_he_may_not_read_returns(username, cast, signed_in):
    text = signed_in(username).get("/").content.decode()
    assert ("应报" in text) is (username in ("nanhai", "office"))


# The chart ------------------------------------------------------------------------------------------------------------


@pytest.mark.clause("6.2.1 j")
def test_the_chart_of_a_library_shows_what_it_handed_in_and_leaves_gaps_where_it_did_not(person, library):
    hand_in_february(library)
    scope = scope_of(person("branch"))
    points = {point.label: point for point in chart_of(person("branch"), scope)["points"]}
    assert (len(points), *list(points)[::12]) == (13, "2025年2月", "2026年2月")
    # It was returned for correction: nothing is received, so nothing is drawn.
    assert {point.value for point in points.values()} == {None}
    Return.objects.filter(library=library("NH002")).update(state="submitted")
    last = chart_of(person("branch"), scope)["points"][-1]
    assert (last.value, last.whole, chart_of(person("branch"), scope)["has_any"]) == (1, False, True)


@pytest.mark.clause("6.2.1 j")
def test_the_chart_of_the_system_shows_the_newest_reports_with_their_coverage(cast, person, in_english):
    for month, number, value, provisional in (
        ("2026-01", 1, 5, True),
        ("2025-12", 1, 7, False),
        ("2026-01", 2, 6, False),
    ):
        cell = {"value": value, "complete": month == "2025-12", "expected": 10, "reported": 9}
        Edition.objects.create(
            kind="monthly", period=month, number=number, digest=f"{month}{number}", provisional=provisional,
            published_at=timezone.now(), state=Edition.State.IN_FORCE,
            snapshot={"system": {"V01": cell}, "districts": {"440605": {"V01": {"value": 3}}}},
        )  # fmt: skip
    shown = [
        point
        for point in chart_of(person("observer"), scope_of(person("observer")).of_reports)["points"]
        if point.value
    ]
    assert [(point.label, point.value, point.whole) for point in shown] == [
        ("December 2025", 7, True), ("January 2026", 6, False),
    ]  # fmt: skip
    assert {point.note for point in shown} == {"9 of 10 libraries"}
    nanhai = person("nanhai")
    assert {point.value for point in chart_of(nanhai, scope_of(nanhai))["points"]} == {None, 3}


# What is new ----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("6.2.1 e")
def test_news_are_of_others_on_what_the_person_may_read_since_he_was_here(cast, person, library, client, settings):
    nanhai = person("nanhai")
    asked = {"effective_on": date(2026, 4, 1), "reason": "x", "requested": MOVE}
    filing = filings.begin("move", library("NH002"), by=nanhai, asked=asked)
    filings.submit(filing, by=nanhai, checked=True)
    since = timezone.now() - timedelta(days=1)
    told = {
        name: [news.thing for news in news_for(person(name), since, 9)]
        for name in ("nanhai-reviewer", "nanhai", "chancheng")
    }
    assert told == {"nanhai-reviewer": [filing], "nanhai": [], "chancheng": []}
    assert news_for(person("nanhai-reviewer"), timezone.now() + timedelta(days=1), 9) == []


def test_whoever_comes_again_is_told_of_what_happened_since_he_came_the_last_time(client, person, settings):
    reviewer = person("nanhai-reviewer")
    reviewer.set_password("a good password")
    reviewer.last_login = timezone.now() - timedelta(days=3)
    reviewer.save()
    client.post("/accounts/login/", {"username": "nanhai-reviewer", "password": "a good password"})
    assert client.get("/news/").context["since"] == reviewer.last_login


def test_the_page_speaks_of_the_month_that_is_over(cast, signed_in):
    assert signed_in("nanhai").get(reverse("dashboard")).context["returns"]["code"] == FEBRUARY


@pytest.mark.clause("7.1")
def test_the_duty_to_meet_is_shown_to_those_who_read_of_the_meetings(cast, person):
    assert {one.username for one in PEOPLE if meetings_of_year(person(one.username))} == READERS


@pytest.mark.clause("7.1")
def test_the_duty_counts_the_meetings_of_this_year(cast, person):
    office, chair = person("office"), person("chair")

    def call(starts_at):
        return meetings.call_meeting(kind=Meeting.Kind.JOINT, starts_at=starts_at, place="x", by=office)

    now = timezone.now()
    held = call(now - timedelta(days=20))
    meetings.write_roll(held, [{"name": "梁主任", "unit": "", "presence": "present"}], by=office)
    meetings.sign_roll(held, by=office)
    meetings.write_minutes(held, "议定", by=office)
    signed(held, office=office, chair=chair)
    call(now - timedelta(days=400))
    call(now + timedelta(days=90))
    meetings.cancel_meeting(call(now + timedelta(days=2)), by=office)
    assert meetings_of_year(chair) == {"year": 2026, "counting": 1, "due": 2}


def edition(period, number, *, published, kind="monthly", value=1):
    system = {code: {"value": value, "additive": True, "complete": True} for code in ("L01", "V01", "C01")}
    when = timezone.now() if published else None
    return Edition.objects.create(
        kind=kind,
        period=period,
        number=number,
        digest=f"{kind}{period}{number}",
        published_at=when,
        state=Edition.State.IN_FORCE if when else Edition.State.DRAFT,
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
    assert [(indicator.code, cell["value"]) for indicator, cell, *__ in rows] == [("V01", 7), ("L01", 7)]


def test_without_a_report_nothing_is_shown(cast, person):
    edition("2026-01", 1, published=False)
    assert latest_figures(person("nanhai")) is None


def test_a_panel_is_not_filled_with_the_login_page_when_the_session_has_ended(client, cast):
    panel = reverse("week")
    assert client.get(panel).status_code == 302
    late = client.get(panel, headers={"HX-Request": "true"})
    assert (late.status_code, late.content) == (401, b"")


def test_nor_when_it_was_idle_too_long(signed_in, settings):
    settings.SESSION_IDLE_MINUTES = -1
    late = signed_in("office").get(reverse("week"), headers={"HX-Request": "true"})
    assert (late.status_code, late.content) == (401, b"")
