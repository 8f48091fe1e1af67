"""Say in one sentence, with its numbers, what an act on a meeting will do (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.meetings.duty import duty_of
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.seats import COMMITTEE
from fsul_portal.access.rules import people_in_role


def of_revising(meeting: Meeting) -> str:
    if meeting.starts_at <= timezone.now():
        return _("The meeting has begun: nobody is told; only the record changes.")
    return _telling()


def of_cancelling(meeting: Meeting) -> str:
    duty = duty_of(meeting.year)
    return _("%(told)s In %(year)s %(expected)s of %(due)s meetings can then still count.") % {
        "told": _telling(),
        "year": meeting.year,
        "expected": duty.expected - 1,
        "due": duty.due,
    }


def of_writing_the_roll(meeting: Meeting) -> str:
    count = meeting.roll.count()
    if not count:
        return _("The roll is written for the first time.")
    return ngettext("It replaces the roll of %(count)s person.", "It replaces the roll of %(count)s people.", count) % {
        "count": count
    }


def of_signing_the_roll(meeting: Meeting) -> str:
    roll = list(meeting.roll.all())
    came = sum(entry.presence in RollEntry.ATTENDED for entry in roll)
    return ngettext(
        "You sign that %(came)s of %(count)s person came or sent a deputy.",
        "You sign that %(came)s of %(count)s people came or sent a deputy.",
        len(roll),
    ) % {"came": came, "count": len(roll)}


def of_writing_minutes(meeting: Meeting) -> str:
    if not meeting.minutes:
        return _("The minutes are written for the first time.")
    return _("It replaces the minutes of %(count)s characters; the old ones stay on record.") % {
        "count": len(meeting.minutes)
    }


def of_signing_minutes(meeting: Meeting) -> str:
    duty = duty_of(meeting.year)
    return _("%(count)s of %(due)s meetings of %(year)s then count. %(told)s") % {
        "count": duty.count + 1,
        "due": duty.due,
        "year": meeting.year,
        "told": _telling(),
    }


def _telling() -> str:
    count = people_in_role(*COMMITTEE).count()
    return ngettext(
        "%(count)s person is told at once, in the portal and by mail.",
        "%(count)s people are told at once, in the portal and by mail.",
        count,
    ) % {"count": count}
