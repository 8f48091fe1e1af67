"""Say in one sentence, with its numbers, what an act on a meeting will do (6.2.1 b)."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.bodies.people import invited
from committee.confirmations.models import Confirmation
from committee.meetings.duty import duty_of
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.quorum import quorum
from committee.meetings.rolls.seats import asked_to_confirm
from committee.meetings.wording.numbers import in_words


def of_revising(meeting: Meeting) -> str:
    if meeting.starts_at <= timezone.now():
        return _("The meeting has begun: nobody is told; only the record changes.")
    return _telling(meeting)


def of_cancelling(meeting: Meeting) -> str:
    if not meeting.body.is_committee:
        return _telling(meeting)
    duty = duty_of(meeting.year)
    return _("%(told)s In %(year)s %(expected)s of %(due)s meetings can then still count.") % {
        "told": _telling(meeting),
        "year": meeting.year,
        "expected": duty.expected - 1,
        "due": duty.due,
    }


def of_laying_out(meeting: Meeting) -> str:
    return _("Nobody is told yet; send the agenda when it is complete.")


def of_sending(meeting: Meeting) -> str:
    return _telling(meeting)


def of_circulating(meeting: Meeting) -> str:
    count = len(asked_to_confirm(meeting))
    return ngettext(
        "%(count)s person is asked at once; silence counts as agreement after %(days)s working days.",
        "%(count)s people are asked at once; silence counts as agreement after %(days)s working days.",
        count,
    ) % {"count": count, "days": settings.MINUTES_CONFIRM_DAYS}


def of_calling_back(meeting: Meeting) -> str:
    count = Confirmation.objects.of_round(meeting).count()
    return ngettext(
        "%(count)s answer was given to this text; it stays on record.",
        "%(count)s answers were given to this text; they stay on record.",
        count,
    ) % {"count": count}


def of_confirming(meeting: Meeting) -> str:
    return _("Your answer is kept with your name; whoever signs reads it before.")


def of_addendum(meeting: Meeting) -> str:
    return _("All who are invited to the meetings are told once it is signed.")


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
    signed = ngettext(
        "You sign that %(came)s of %(count)s person came or sent a deputy.",
        "You sign that %(came)s of %(count)s people came or sent a deputy.",
        len(roll),
    ) % {"came": came, "count": len(roll)}
    return signed + " " + in_words(quorum(meeting.body, roll))


def of_writing_minutes(meeting: Meeting) -> str:
    if not meeting.minutes:
        return _("The minutes are written for the first time.")
    return _("It replaces the minutes of %(count)s characters; the old ones stay on record.") % {
        "count": len(meeting.minutes)
    }


def of_signing_minutes(meeting: Meeting) -> str:
    if not meeting.body.is_committee:
        return " ".join([*_what_stands(meeting), _telling(meeting)])
    duty = duty_of(meeting.year)
    return " ".join(
        [
            *_what_stands(meeting),
            _("%(count)s of %(due)s meetings of %(year)s then count. %(told)s")
            % {
                "count": duty.count + bool(meeting.is_quorate),
                "due": duty.due,
                "year": meeting.year,
                "told": _telling(meeting),
            },
        ]
    )


def _what_stands(meeting: Meeting) -> list[str]:
    """Say how many decisions stand by the signature, and how many items of which nothing is said are carried over."""
    decisions = meeting.decisions.filter(state="noted").count()
    left = meeting.items.filter(state="open", below__isnull=True).count()
    found = []
    if decisions:
        sentence = ngettext("%(count)s decision then stands.", "%(count)s decisions then stand.", decisions)
        found.append(sentence % {"count": decisions})
    if left:
        sentence = ngettext(
            "%(count)s item of which the minutes say nothing is carried over.",
            "%(count)s items of which the minutes say nothing are carried over.",
            left,
        )
        found.append(sentence % {"count": left})
    return found


def _telling(meeting: Meeting) -> str:
    count = invited(meeting.body).count()
    return ngettext(
        "%(count)s person is told at once, in the portal and by mail.",
        "%(count)s people are told at once, in the portal and by mail.",
        count,
    ) % {"count": count}
