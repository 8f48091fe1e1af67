"""Warn by the clock when the year runs towards fewer than two meetings (7.1)."""

from datetime import timedelta

from django.urls import reverse

from committee.meetings.actions import invite
from committee.meetings.duty import duty_of
from committee.meetings.models import Meeting
from committee.meetings.thresholds.models import thresholds_of
from committee.meetings.wording import letters
from fsul_portal.access.rules import people_in_role
from fsul_portal.notices.actions import tell
from fsul_portal.notices.reminders import reminder


@reminder("7.1")
def warn_of_too_few_meetings(day):
    """Tell chair and office, once for each of the year's warning days, when too few meetings count (7.1)."""
    duty, rule = duty_of(day.year), thresholds_of(day.year)
    return [*_overdue(duty, rule, day), *_foreseen(duty, rule, day)]


def _overdue(duty, rule, day):
    """Warn of the last warning day that is past; it says all that the earlier ones would have said."""
    past = [(warned_on, due) for warned_on, due in rule.warning_days(day.year) if warned_on <= day]
    if not past or duty.count >= past[-1][1]:
        return []
    return _tell("", letters.warning, duty, rule, *past[-1])


def _foreseen(duty, rule, day):
    """Warn some weeks ahead when neither what counts nor what is called suffices."""
    return [
        notice
        for warned_on, due in rule.warning_days(day.year)
        if warned_on - timedelta(days=rule.forecast_days) <= day < warned_on and duty.expected_by(warned_on) < due
        for notice in _tell(":forecast", letters.forecast, duty, rule, warned_on, due)
    ]


def _tell(suffix, letter, duty, rule, warned_on, due):
    return tell(
        people_in_role(*rule.recipients),
        key=f"{letters.TOO_FEW}:{warned_on:%Y:%m-%d}{suffix}",
        subject=lambda: letter(duty, warned_on, due)[0],
        body=lambda: letter(duty, warned_on, due)[1],
        link=f"{reverse('committee:meeting-list')}?year={duty.year}",
    )


@reminder("6.2.1 b")
def invite_who_came_later(day):
    """Tell whoever has joined the body since a call of the meetings still to come (6.2.1 b)."""
    return [notice for meeting in Meeting.objects.to_come(day).select_related("body") for notice in invite(meeting)]
