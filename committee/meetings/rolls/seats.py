"""Know who is to be told and who is due at a meeting, by the roles people hold."""

from committee.meetings.rolls.names import unit_of
from committee.seats.models import Seat
from fsul_portal.access.rules import people_in_role

# Whoever has a post on the committee is invited and due; another post is told of by itself.
COMMITTEE = tuple(dict.fromkeys(role for roles in Seat.POSTS.values() for role, __ in roles))
CHAIR_AND_OFFICE = ("chair", "secretary")


def due_on_the_roll() -> list[dict[str, str]]:
    """Return a row of the roll for each person of the committee."""
    due = people_in_role(*COMMITTEE).select_related("library")
    return [{"name": person.get_full_name(), "unit": unit_of(person), "position": person.position} for person in due]
