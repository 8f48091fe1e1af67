"""Hold the warning that the year runs towards fewer than two meetings."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.core.management import CommandError, call_command

from committee.meetings import actions
from committee.meetings.tasks import warn_of_too_few_meetings
from fsul_portal.access.actions import grant
from fsul_portal.notices.models import Delivery, Notice
from fsul_portal.notices.reminders import REMINDERS
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.notices.tasks import remind_today
from tests.committee.conftest import MINUTES, ROLL
from tests.hands import at_once
from tests.minutes import signed

SHANGHAI = ZoneInfo("Asia/Shanghai")

pytestmark = pytest.mark.clause("7.1")


@pytest.fixture(autouse=True)
def of_meetings_alone(monkeypatch):
    """Leave out what is told of returns: nobody has reported anything here."""
    current_app.loader.import_default_modules()
    monkeypatch.delitem(REMINDERS, "6.2.1 j returns_that_are_due")


@pytest.fixture
def bring(cast):
    """Bring a meeting of 2026 into a state: `bring("minuted", 3, 12)` for the 12th of March."""

    def bring(state, month, of_month, year=2026):
        starts_at = datetime(year, month, of_month, 14, tzinfo=SHANGHAI)
        facts = {"kind": "joint", "starts_at": starts_at, "place": "五楼会议室", "by": cast["office"]}
        meeting = actions.call_meeting(**facts)
        if state == "called":
            return meeting
        with time_machine.travel(starts_at + timedelta(hours=3), tick=False):
            actions.write_roll(meeting, ROLL, by=cast["office"])
            actions.sign_roll(meeting, by=cast["chair"])
            if state == "minuted":
                actions.write_minutes(meeting, MINUTES, by=cast["office"])
                signed(meeting, office=cast["office"], chair=cast["chair"])
        return meeting

    return bring


def keys_sent(day):
    """Do the reminder of a day; return its keys and how many people were told under each."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI), tick=False):
        notices = warn_of_too_few_meetings(day)
    keys = [notice.key for notice in notices]
    return {key: keys.count(key) for key in keys}


JUNE, OCTOBER = "7.1:2026:06-30", "7.1:2026:10-31"
NONE, FIRST, BOTH = [], [("minuted", 3, 12)], [("minuted", 3, 12), ("minuted", 10, 20)]


@pytest.mark.parametrize(
    ("meetings", "day", "keys"),
    [
        (NONE, date(2026, 5, 30), set()),
        (NONE, date(2026, 5, 31), {f"{JUNE}:forecast"}),
        (NONE, date(2026, 6, 29), {f"{JUNE}:forecast"}),
        (NONE, date(2026, 6, 30), {JUNE}),
        (NONE, date(2026, 7, 20), {JUNE}),
        (NONE, date(2026, 9, 30), {JUNE}),
        (NONE, date(2026, 10, 1), {JUNE, f"{OCTOBER}:forecast"}),
        (NONE, date(2026, 10, 31), {OCTOBER}),
        (NONE, date(2026, 12, 31), {OCTOBER}),
        (FIRST, date(2026, 6, 1), set()),
        (FIRST, date(2026, 6, 30), set()),
        (FIRST, date(2026, 10, 1), {f"{OCTOBER}:forecast"}),
        (FIRST, date(2026, 10, 31), {OCTOBER}),
        (BOTH, date(2026, 10, 31), set()),
        (BOTH, date(2026, 12, 31), set()),
        (BOTH, date(2027, 1, 1), set()),
        ([("called", 6, 30)], date(2026, 6, 15), set()),
        ([("called", 7, 1)], date(2026, 6, 15), {f"{JUNE}:forecast"}),
        ([("called", 6, 10)], date(2026, 6, 30), {JUNE}),
        ([*FIRST, ("called", 10, 31)], date(2026, 10, 2), set()),
        ([*FIRST, ("called", 11, 20)], date(2026, 10, 2), {f"{OCTOBER}:forecast"}),
        ([*FIRST, ("called", 11, 20)], date(2026, 10, 31), {OCTOBER}),
        ([*FIRST, ("held", 10, 20)], date(2026, 10, 25), set()),
        ([*FIRST, ("held", 10, 20)], date(2026, 10, 31), {OCTOBER}),
    ],
)
def test_each_day_has_its_warnings(meetings, day, keys, bring):
    for meeting in meetings:
        bring(*meeting)
    assert keys_sent(day) == dict.fromkeys(keys, 2)


def test_chair_and_office_are_told_in_the_portal_and_by_mail_and_nobody_else(cast, person):
    grant("secretary", to=person("central"))
    warn_of_too_few_meetings(date(2026, 10, 31))
    assert sorted(Notice.objects.values_list("recipient__username", flat=True)) == ["central", "chair", "office"]
    assert send_due() == 3
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "central@example.org",
        "chair@example.org",
        "office@example.org",
    ]


def test_a_whole_year_of_days_tells_each_warning_once(cast):
    day, sent = date(2026, 1, 1), {}
    while day.year == 2026:
        for notice in warn_of_too_few_meetings(day):
            sent.setdefault(notice.key, []).append(day)
        day += timedelta(days=1)
    assert sent == {
        f"{JUNE}:forecast": [date(2026, 5, 31)] * 2,
        JUNE: [date(2026, 6, 30)] * 2,
        f"{OCTOBER}:forecast": [date(2026, 10, 1)] * 2,
        OCTOBER: [date(2026, 10, 31)] * 2,
    }


def test_a_job_that_was_down_since_spring_says_only_what_is_true_now(cast):
    assert keys_sent(date(2026, 11, 15)) == {OCTOBER: 2}
    assert keys_sent(date(2026, 11, 16)) == {}


@pytest.mark.checklist("D10")
def test_a_meeting_late_on_new_years_eve_counts_for_the_old_year(bring, cast):
    bring("minuted", 3, 12)
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=SHANGHAI)
    meeting = actions.call_meeting(kind="joint", starts_at=eve, place="五楼", by=cast["office"])
    with time_machine.travel(datetime(2027, 1, 2, tzinfo=SHANGHAI), tick=False):
        actions.write_roll(meeting, ROLL, by=cast["office"])
        actions.sign_roll(meeting, by=cast["office"])
        actions.write_minutes(meeting, MINUTES, by=cast["office"])
        signed(meeting, office=cast["office"], chair=cast["chair"])
    assert keys_sent(date(2026, 12, 31)) == {}
    assert keys_sent(date(2027, 7, 1)) == {"7.1:2027:06-30": 2}


def test_the_warning_says_what_counts_what_is_missing_and_what_to_do(bring):
    bring("minuted", 3, 12)
    bring("held", 9, 8)
    bring("called", 10, 9)
    with time_machine.travel(datetime(2026, 10, 31, 9, tzinfo=SHANGHAI), tick=False):
        notice = warn_of_too_few_meetings(date(2026, 10, 31))[0]
    title = "佛山市联合图书馆专业委员会2026年第{}次联席会议"
    assert notice.subject == "2026: 1 of 2 meetings count"
    assert notice.link == "/committee/?year=2026"
    assert notice.body.splitlines() == [
        "By 31 October 2026 at least 2 meetings of 2026 should count, with a signed roll and final minutes; 1 do.",
        f"“{title.format(1)}”, 12 March 2026 14:00: it counts.",
        f"“{title.format(2)}”, 8 September 2026 14:00: the minutes are not final.",
        f"“{title.format(3)}”, 9 October 2026 14:00: it has taken place, but the roll is not signed.",
        "To do: the secretary finishes the minutes and the chair signs them.",
        "To do: write and sign the roll of the meeting that has taken place.",
    ]


def test_the_forecast_says_at_what_pace_the_year_goes(bring):
    bring("called", 11, 20)
    with time_machine.travel(datetime(2026, 10, 2, 9, tzinfo=SHANGHAI), tick=False):
        notice = warn_of_too_few_meetings(date(2026, 10, 2))[-1]
    assert notice.subject == "Forecast for 2026: too few meetings by 31 October 2026"
    assert notice.body.splitlines() == [
        "At this pace 0 meetings will count by 31 October 2026; there should be 2.",
        "“佛山市联合图书馆专业委员会2026年第1次联席会议”, 20 November 2026 14:00: it is still to come.",
        "To do: call 1 more meeting this year.",
    ]


def test_the_days_of_warning_are_settings(cast, settings):
    settings.MEETING_WARNINGS = [(4, 1, 1)]
    assert keys_sent(date(2026, 4, 1)) == {"7.1:2026:04-01": 2}


@pytest.fixture
def meetings_alone(monkeypatch):
    """Let no other room's reminder speak: the cast leaves seats empty."""
    for name in [one for one in REMINDERS if not one.startswith(("7.1", "6.2.1 b"))]:
        monkeypatch.delitem(REMINDERS, name)


def run_command(*arguments):
    output = StringIO()
    call_command("remind", *arguments, stdout=output)
    return output.getvalue().splitlines()


def test_the_command_prints_a_line_for_each_and_never_sends_twice(cast, meetings_alone):
    assert run_command("--on", "2026-10-31") == [
        "chair: 2026: 0 of 2 meetings count",
        "office: 2026: 0 of 2 meetings count",
        "2 sent",
    ]
    assert run_command("--on", "2026-10-31") == ["0 sent"]


def test_the_command_refuses_what_is_no_day(db):
    with pytest.raises(CommandError, match="--on takes a day such as 2026-10-31, not 'tomorrow'"):
        run_command("--on", "tomorrow")


def test_a_broken_reminder_holds_up_no_other_and_is_seen(cast, monkeypatch, meetings_alone):
    def breaks(day):
        raise ValueError(day)

    monkeypatch.setitem(REMINDERS, "5.1 breaks", breaks)
    with pytest.raises(CommandError, match=r"These reminders did not work, see the log: 5\.1 breaks"):
        run_command("--on", "2026-10-31")
    assert Notice.objects.count() == 2


@pytest.mark.checklist("D6")
def test_two_clocks_that_strike_together_tell_everybody_once(many_hands, cast, meetings_alone):
    with time_machine.travel(datetime(2026, 10, 31, 9, tzinfo=SHANGHAI), tick=False):
        outcomes = at_once(lambda number: remind_today(), times=4)
    assert outcomes == [None] * 4
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 2)
