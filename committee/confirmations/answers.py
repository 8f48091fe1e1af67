"""Set beside each person who is asked what he answered (6.2.1 b)."""

from committee.confirmations.models import Confirmation
from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import asked_to_confirm
from members.people.models import User


def answers_of(meeting: Meeting) -> list[tuple[User, Confirmation | None]]:
    """Return who was asked about the text that is circulated now, and the answers to it; three queries."""
    given = {one.answered_by_id: one for one in Confirmation.objects.of_round(meeting)}
    people = User.objects.filter(pk__in={*asked_to_confirm(meeting), *given}).order_by("name", "pk")
    return [(person, given.get(person.pk)) for person in people]
