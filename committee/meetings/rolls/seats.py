"""Know who is due at a meeting and whose answer its minutes wait for, by the roles people hold."""

from typing import Any

from committee.bodies.models import Body
from committee.bodies.people import invited, signers, voting
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.names import unit_of
from members.libraries.models import spells_along

CHAIR_AND_OFFICE = ("chair", "secretary")


def due_on_the_roll(body: Body) -> list[dict[str, Any]]:
    """Return a row of the roll for each person of the body."""
    with_a_vote = set(voting(body).values_list("pk", flat=True))
    people: Any = invited(body).select_related("library")
    return [
        {
            "name": person.get_full_name(),
            "unit": unit_of(person),
            "position": person.position,
            "votes": person.pk in with_a_vote,
            "person": person.pk,
        }
        for person in people.prefetch_related(spells_along("library__spells"))
    ]


def asked_to_confirm(meeting: Meeting) -> list[int]:
    """Return the keys of those whose answer to the minutes is waited for: due with a vote; whoever signs them does so.

    As long as there is no signed roll, they are those who sit with a vote.
    """
    sign = signers(meeting.body).values("pk")
    if meeting.roll_signed_at is None:
        return list(voting(meeting.body).exclude(pk__in=sign).order_by("pk").values_list("pk", flat=True))
    due = RollEntry.objects.filter(meeting=meeting, votes=True, person__is_active=True)
    return list(due.exclude(person__in=sign).order_by("pk").values_list("person_id", flat=True))
