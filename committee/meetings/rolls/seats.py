"""Know who is to be told and who is due at a meeting, by the roles people hold."""

from typing import Any

from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.names import unit_of
from committee.seats.models import Seat
from fsul_portal.access.rules import people_in_role
from members.libraries.models import spells_along

# Whoever has a post on the committee is invited and due; another post is told of by itself.
COMMITTEE = tuple(dict.fromkeys(role for roles in Seat.POSTS.values() for role, __ in roles))
CHAIR_AND_OFFICE = ("chair", "secretary")


# The secretary writes, and has no vote.
VOTING = tuple(role for post, roles in Seat.POSTS.items() if post != Seat.Post.SECRETARY for role, __ in roles)


def due_on_the_roll() -> list[dict[str, Any]]:
    """Return a row of the roll for each person of the committee."""
    voting = set(people_in_role(*VOTING).values_list("pk", flat=True))
    people = people_in_role(*COMMITTEE).select_related("library")
    return [
        {
            "name": person.get_full_name(),
            "unit": unit_of(person),
            "position": person.position,
            "votes": person.pk in voting,
            "person": person.pk,
        }
        for person in people.prefetch_related(spells_along("library__spells"))
    ]


def asked_to_confirm(meeting: Meeting) -> list[int]:
    """Return the keys of those whose answer to the minutes is waited for: due with a vote; the chair signs them.

    As long as there is no signed roll, they are those who sit with a vote.
    """
    if meeting.roll_signed_at is None:
        seated = people_in_role(*VOTING).exclude(pk__in=people_in_role("chair").values("pk"))
        return list(seated.order_by("pk").values_list("pk", flat=True))
    voting = RollEntry.objects.filter(meeting=meeting, votes=True, person__is_active=True)
    chairs = people_in_role("chair").values("pk")
    return list(voting.exclude(person__in=chairs).order_by("pk").values_list("person_id", flat=True))
