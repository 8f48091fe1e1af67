"""Bring minutes to their signature: circulated, and agreed with by everybody who is asked."""

from committee.confirmations.actions import circulate, confirm
from committee.meetings.actions import sign_minutes
from committee.meetings.rolls.seats import asked_to_confirm
from members.people.models import User


def confirmed(meeting, office):
    """Circulate the minutes, let everybody agree, and return the meeting as it is then."""
    meeting = circulate(meeting, by=office)
    for person in User.objects.filter(pk__in=asked_to_confirm(meeting)):
        confirm(meeting, by=person, agrees=True)
    return meeting


def signed(meeting, *, office, chair):
    return sign_minutes(confirmed(meeting, office), by=chair)
