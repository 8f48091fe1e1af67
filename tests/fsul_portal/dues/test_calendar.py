"""Hold that one calendar tells each person what is due, no more than he may read, and the feed the same as the page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from committee.meetings import actions as meetings
from committee.meetings.models import Meeting
from fsul_portal.assignments import actions as assignments
from fsul_portal.dues import actions
from fsul_portal.dues.models import Feed
from fsul_portal.dues.months import Month, is_late, month_named
from fsul_portal.ledgers.models import LedgerQuerySet
from fsul_portal.records.models import Record
from fsul_portal.rooms import Due, dues_between
from members.periods.models import period_named
from members.returns import actions as returns
from members.returns.due.days import is_past_due
from members.returns.due.lists import FILL, ReturnList
from tests.english import in_english
from tests.members.returns.figures import SOUND
from tests.small import situations
from workgroups.coordination.filings import actions as filings

__all__ = ["in_english"]
ASKED = {"town": "440605125", "longitude": "", "latitude": "", "crs": ""}
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


def told(user, first=FIRST, last=LAST):
    """Return (day, kind, title, own) of all that the calendar tells a person."""
    return [(due.day, str(due.kind), due.title, due.own) for due in dues_between(user, first, last)]


def of_kind(kind, user, **days):
    return [(day, title, own) for day, one, title, own in told(user, **days) if one == kind]


@pytest.mark.clause("6.2.1 j")
def test_the_day_of_a_month_is_one_line_with_what_the_person_has_still_to_hand_in(person, library, in_english):
    nanhai = person("nanhai")
    day = date(2026, 3, 5)
    left = "Returns of February 2026, 3 returns to hand in"
    assert of_kind("Returns due", person("observer")) == [(day, "Returns of February 2026", False)]
    assert of_kind("Returns due", nanhai) == [(day, f"{left.replace('3', str(_left(nanhai)))}", True)]
    before = _left(nanhai)
    returns.hand_in(library("NH001"), "2026-02", SOUND, {}, by=nanhai)
    assert _left(person("nanhai")) == before - 1
    found = of_kind("Returns due", person("nanhai"))
    assert found == [(day, f"Returns of February 2026, {before - 1} returns to hand in", True)]


def _left(user):
    return ReturnList(user, FILL, "2026-02").to_fill_in().count()


@pytest.mark.clause("6.2.1 j")
def test_a_year_and_its_december_are_due_and_a_day_that_holidays_may_move_says_so(person, in_english):
    observer = person("observer")
    assert of_kind("Returns due", observer, first=date(2026, 1, 1), last=date(2026, 1, 31)) == [
        (date(2026, 1, 5), "Returns of 2025", False),
        (date(2026, 1, 5), "Returns of December 2025", False),
    ]
    [(_day, title, _own)] = of_kind("Returns due", observer, first=date(2031, 3, 1), last=date(2031, 3, 31))
    assert title == "Returns of February 2031 (holidays not known yet)"


@pytest.mark.clause("6.2.1 b")
def test_a_meeting_stands_in_the_calendar_of_those_who_read_of_it_until_it_is_cancelled(person, in_english):
    office = person("office")
    begins = timezone.now() + timedelta(days=9)
    meeting = meetings.call_meeting(kind=Meeting.Kind.JOINT, starts_at=begins, place="x", by=office)
    line = (date(2026, 3, 13), meeting.title, True)
    assert [of_kind("Meeting", person(name)) for name in ("chair", "committee", "nanhai")] == [[line], [line], []]
    meetings.cancel_meeting(meeting, by=office)
    assert of_kind("Meeting", person("chair")) == []


def test_a_task_waits_for_whoever_has_it_and_is_told_to_whoever_gave_it(person, library, in_english):
    office, lead = person("office"), person("technical-lead")
    task = assignments.assign("核对地址", thing=library("NH002"), to=lead, days=3, by=office)
    assert of_kind("Task", lead) == [(date(2026, 3, 9), "核对地址", True)]
    assert of_kind("Task", person("office")) == [(date(2026, 3, 9), "核对地址", False)]
    assert of_kind("Task", person("chair")) == []
    assignments.mark_done(task, by=lead)
    assert of_kind("Task", person("technical-lead")) == []


@pytest.mark.clause("6.2.1 e")
def test_an_answer_is_the_own_one_of_who_is_asked_and_that_of_others_for_the_office(person, library, in_english):
    filed = _filed(person, library, "NH002")
    due_on = filed.turns.get(opened_at__isnull=False).due_on
    assert of_kind("Answer due", person("nanhai-reviewer")) == [(due_on, filed.called, True)]
    assert of_kind("Answer due", person("office")) == [(due_on, filed.called, False)]
    assert of_kind("Answer due", person("branch")) == []
    assert filed.called.endswith("桂城分馆（演示） (NH002)")


@pytest.mark.clause("6.2.1 e")
def test_many_answers_of_a_day_are_one_line(person, library, in_english):
    for code in ("NH002", "NH003"):
        _filed(person, library, code)
    [(_day, title, own)] = of_kind("Answer due", person("nanhai-reviewer"))
    assert (title, own) == ("Filing: move: 2 answers", True)


def _filed(person, library, code):
    asked = {"effective_on": date(2026, 4, 1), "reason": "x", "requested": ASKED | {"address": f"新路{code}号"}}
    filing = filings.begin("move", library(code), by=person("nanhai"), asked=asked)
    return filings.submit(filing, by=person("nanhai"), checked=True)


def test_the_grammars_answer_for_all_duties_built_on_them(cast, person, in_english, monkeypatch):
    # A duty that does not say who reads it is read by nobody.
    monkeypatch.setattr(LedgerQuerySet, "visible_to", lambda self, user: self, raising=False)
    list(situations.agreements(cast))
    list(situations.problems(cast))
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    last_day = [(date(2026, 12, 31), "协议")]
    for name, own in (("office", True), ("observer", False)):
        assert set(of_kind("Runs out", person(name), **year)) == {(*line, own) for line in last_day}
    # One is raised, two are in the hands of the lead, the others are solved; each reads of what he has a hand in.
    hands = {"nanhai": [False] * 3, "technical-lead": [True] * 2, "observer": []}
    assert {name: [own for *_, own in of_kind("To be solved", person(name), **year)] for name in hands} == hands


# The page ---------------------------------------------------------------------------------------------------------


def test_a_month_is_whole_weeks_from_monday_and_the_calendar_has_an_end():
    days = Month(2026, 2).days
    assert (days[0], days[-1], len(days) % 7) == (date(2026, 1, 26), date(2026, 3, 1), 0)
    assert (Month(2026, 12).by(1), Month(2026, 1).by(-1)) == (Month(2027, 1), Month(2025, 12))
    assert (Month(2000, 1).by(-1), Month(2100, 12).by(1)) == (None, None)


@pytest.mark.parametrize("code", ["", "x", "2026-13", "2026-00", "1999-01", "9999-12", "2026-３a", "-"])
def test_what_is_no_month_is_this_month(code):
    assert month_named(code) == Month(2026, 3)


def test_a_day_off_a_moved_weekend_and_today_are_marked(signed_in):
    text = signed_in("observer").get("/calendar/?month=2026-02").content.decode()
    assert text.count("春节") >= 7
    assert text.count("上班") == 2
    assert "today" in signed_in("observer").get("/calendar/").content.decode()


def test_only_what_waits_and_has_no_hours_is_ever_late():
    today, moment = timezone.localdate(), timezone.now()
    yesterday = today - timedelta(days=1)

    def due(day, own, at=None, until=None):
        return Due("x", day, "x", "x", "/", own, at, on_time_until=until)

    assert [is_late(due(day, own=True)) for day in (today, yesterday)] == [False, True]
    assert [is_late(due(yesterday, own=False)), is_late(due(yesterday, own=True, at=moment))] == [False, False]
    assert [is_late(due(yesterday, own=True, until=until)) for until in (yesterday, today)] == [True, False]


@pytest.mark.clause("6.2.1 j")
def test_a_return_is_late_in_the_calendar_when_it_is_missing_in_the_lists_and_no_day_before(person, time_machine):
    """Of 2031 no holidays are known: its plain day may be one, so nobody is late before they are over."""
    for moment, late in (("2031-03-18T09:00:00+08:00", False), ("2031-03-20T09:00:00+08:00", True)):
        time_machine.move_to(moment, tick=False)
        dues = dues_between(person("nanhai"), date(2031, 3, 1), date(2031, 3, 31))
        [due] = [one for one in dues if one.key == "returns-2031-02"]
        assert (is_late(due), is_past_due(period_named("2031-02"))) == (late, late)


# The feed ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def feed(person):
    return actions.open_feed(by=person("office"))


def fetched(client, feed):
    """Return (day or moment, summary, address) of all that the feed tells, read by a parser of its own."""
    answer = client.get(feed.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(event["DTSTART"].dt, str(event["SUMMARY"]), str(event["URL"])) for event in events]


def test_the_feed_tells_what_the_page_tells_in_the_persons_language(client, person, feed, settings):
    begins = timezone.now() + timedelta(days=9)
    meeting = meetings.call_meeting(kind=Meeting.Kind.JOINT, starts_at=begins, place="x", by=person("office"))
    found = fetched(client, feed)
    days = [due.starts_at or due.day for due in dues_between(person("office"), date(2026, 2, 1), date(2026, 9, 6))]
    assert [day for day, *_ in found] == days
    assert (begins, f"会议：{meeting.title}", settings.SITE_URL + meeting.get_absolute_url()) in found


@pytest.mark.parametrize("change", ["signature", "key", "closed", "inactive"])
def test_the_address_of_a_feed_leads_nowhere_when_it_is_guessed_replaced_closed_or_its_account_is(
    client, person, feed, change
):
    address, office = feed.get_absolute_url(), person("office")
    assert client.get(address).status_code == 200
    if change == "signature":
        address = address.replace(feed.signature, "0" * 64)
    elif change == "key":
        assert actions.open_feed(by=office).get_absolute_url() != address
    elif change == "closed":
        assert [actions.close_feed(by=office), actions.close_feed(by=office)] == [True, False]
    else:
        office.is_active = False
        office.save(update_fields=["is_active"])
    assert client.get(address).status_code == 404


def test_a_person_has_one_feed_and_opening_and_closing_it_is_on_record(signed_in, person):
    client = signed_in("nanhai")
    for __ in range(2):
        client.post("/calendar/feed/open/")
    [feed] = Feed.objects.all()
    assert (feed.person.username, feed.get_absolute_url() in client.get("/calendar/").content.decode()) == (
        "nanhai",
        True,
    )
    client.post("/calendar/feed/close/")
    verbs = Record.objects.filter(by=person("nanhai")).order_by("pk").values_list("verb", flat=True)
    assert (Feed.objects.count(), list(verbs)) == (0, ["feed opened", "feed opened", "feed closed"])
