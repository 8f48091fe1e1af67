"""Hold that the office sets when and whom the portal warns, never below the standard, and that the chair is asked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from committee.meetings import actions as meetings
from committee.meetings.duty import duty_of
from committee.meetings.tasks import warn_of_too_few_meetings
from committee.meetings.thresholds.actions import FACTS, facts_of, set_thresholds
from committee.meetings.thresholds.models import Threshold, thresholds_of
from committee.meetings.thresholds.tasks import ask_the_chair_for_a_date
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken

pytestmark = pytest.mark.clause("7.1")
SHANGHAI = ZoneInfo("Asia/Shanghai")
PAGE = "/committee/meetings/thresholds/"
OTHERS = {
    "meetings_a_year": 3,
    "warnings": [[5, 31, 1], [9, 30, 3]],
    "forecast_days": 20,
    "recipients": ["chair", "committee-member"],
    "escalate_after": 5,
}


def typed(**change):
    lines = "9月30日 3\n05-31 1"
    return OTHERS | {"warnings": lines, "seen": 0} | change


def told(reminder, day):
    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI), tick=False):
        return sorted((notice.recipient.username, notice.key) for notice in reminder(day))


def test_without_a_row_the_numbers_of_the_house_hold(cast):
    assert list(facts_of(thresholds_of(2026)).values()) == [
        2,
        [[6, 30, 1], [10, 31, 2]],
        30,
        ["chair", "secretary"],
        10,
    ]


def test_the_secretary_sets_them_on_their_page_and_earlier_ones_stay(signed_in, office, chair):
    with pytest.raises(PermissionDenied, match="set by the secretary"):
        set_thresholds(**OTHERS, by=chair)
    assert signed_in("office").post(PAGE, typed()).status_code == 302
    # The same once more is set once.
    signed_in("office").post(PAGE, typed(seen=Threshold.objects.get().pk))
    row = Threshold.objects.get()
    assert (facts_of(row), row.set_by) == (OTHERS, office)
    [record] = Record.objects.of(row)
    assert (record.verb, record.before["meetings_a_year"], record.after["meetings_a_year"]) == ("thresholds set", 2, 3)
    set_thresholds(**OTHERS | {"forecast_days": 25}, by=office)
    assert [row.forecast_days for row in Threshold.objects.all()] == [25, 20]
    page = signed_in("chair").get(PAGE).content.decode()
    assert ("September 30" in page or "30 September" in page, "Set anew" in page) == (True, False)
    assert signed_in("nanhai").get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"meetings_a_year": 1}, "meetings_a_year", "Ensure this value is greater than or equal to 2."),
        ({"warnings": "02-29 1"}, "warnings", "“02-29 1” is no day of every year."),
        ({"warnings": "soon"}, "warnings", "“soon” is no warning day; write it like 06-30 1."),
        ({"warnings": "06-30 0"}, "warnings", "“06-30 0” asks for no meeting."),
        ({"warnings": "06-30 1\n6/30 2"}, "warnings", "A warning day stands there twice."),
        ({"warnings": "06-30 4"}, "warnings", "No warning day asks for more meetings than are due in the year."),
        ({"recipients": []}, "recipients", "This field is required."),
        ({"recipients": ["observer"]}, "recipients", None),
    ],
)
def test_what_cannot_hold_is_refused_with_a_sentence(change, field, sentence, signed_in, office):
    form = signed_in("office").post(PAGE, typed(**change)).context["form"]
    assert list(form.errors) == [field]
    if sentence:
        assert form.errors[field] == [sentence]
    assert Threshold.objects.count() == 0


def test_nobody_sets_over_what_he_has_not_seen(signed_in, office):
    set_thresholds(**OTHERS, by=office)
    with pytest.raises(Overtaken):
        set_thresholds(**OTHERS | {"forecast_days": 9}, by=office, seen=0)
    assert signed_in("office").post(PAGE, typed(forecast_days=9)).status_code == 409
    assert Threshold.objects.count() == 1


def test_warnings_go_by_what_the_office_has_set(office, cast):
    with time_machine.travel(datetime(2026, 2, 1, tzinfo=SHANGHAI)):
        set_thresholds(**OTHERS, by=office)
    assert told(warn_of_too_few_meetings, date(2026, 5, 10)) == []
    assert told(warn_of_too_few_meetings, date(2026, 5, 12)) == [
        ("chair", "7.1:2026:05-31:forecast"),
        ("committee", "7.1:2026:05-31:forecast"),
    ]
    assert told(warn_of_too_few_meetings, date(2026, 5, 31)) == [
        ("chair", "7.1:2026:05-31"),
        ("committee", "7.1:2026:05-31"),
    ]
    assert [duty_of(year).due for year in (2025, 2026, 2027)] == [2, 3, 3]


def test_ten_working_days_after_a_warning_without_a_date_the_chair_is_asked(office, cast):
    told(warn_of_too_few_meetings, date(2026, 6, 1))
    # Ten working days from the first of June, with the holiday of the nineteenth not yet among them.
    assert told(ask_the_chair_for_a_date, date(2026, 6, 12)) == []
    assert told(ask_the_chair_for_a_date, date(2026, 6, 15)) == [("chair", "7.1:2026:06-30:escalated")]
    assert told(ask_the_chair_for_a_date, date(2026, 6, 16)) == []


def test_a_meeting_that_is_called_is_a_date(office, cast):
    told(warn_of_too_few_meetings, date(2026, 6, 1))
    with time_machine.travel(datetime(2026, 6, 5, tzinfo=SHANGHAI)):
        starts_at = datetime(2026, 7, 20, 14, tzinfo=SHANGHAI)
        meeting = meetings.call_meeting(kind="joint", starts_at=starts_at, place="五楼", by=office)
    assert told(ask_the_chair_for_a_date, date(2026, 6, 15)) == []
    meetings.cancel_meeting(meeting, by=office, reason="台风")
    assert told(ask_the_chair_for_a_date, date(2026, 6, 16)) == [("chair", "7.1:2026:06-30:escalated")]


def test_nobody_is_asked_before_a_warning_was_given(cast):
    assert told(ask_the_chair_for_a_date, date(2026, 9, 1)) == []
    assert set(FACTS) == set(OTHERS)
