"""Know who is to be told and who is due at a meeting, by the roles people hold."""

from members.people.models import User

COMMITTEE = ("chair", "committee-member", "secretary")
CHAIR_AND_OFFICE = ("chair", "secretary")


def holders(roles):
    """Return the people who hold one of the roles today, in a steady order."""
    return (
        User.objects.filter(is_active=True, grants__role__in=roles, grants__ended_at__isnull=True)
        .distinct()
        .order_by("pk")
    )


def due_on_the_roll():
    """Return a row of the roll for each person of the committee."""
    due = holders(COMMITTEE).select_related("library")
    return [{"name": person.get_full_name(), "unit": _unit(person), "position": person.position} for person in due]


def _unit(person):
    if person.library is None:
        return ""
    return person.library.facts.name if person.library.facts else person.library.code
