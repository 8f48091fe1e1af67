"""Say who belongs to a body: invited, with a vote, keeping its meetings, signing its minutes (6.2.1 b)."""

from django.db.models import QuerySet

from committee.bodies.kinds import people_on
from committee.bodies.models import Body
from fsul_portal.access.rules import people_in_role
from fsul_portal.users import User


def invited(body: Body) -> QuerySet[User]:
    """Return who is invited to the meetings of a body: whoever belongs to it now (6.2.1 b)."""
    return body.sort_of.invited(body.place)


def voting(body: Body) -> QuerySet[User]:
    """Return who is due at its meetings with a vote."""
    return body.sort_of.voting(body.place)


def keepers(body: Body) -> QuerySet[User]:
    """Return who calls its meetings and writes their minutes."""
    people: QuerySet[User] = body.people_in("keeper")
    return people


def signers(body: Body) -> QuerySet[User]:
    """Return whose signature stands under its minutes; he answers them with it."""
    return people_in_role("chair") if body.is_committee else people_on(body.sort_of.sign, body.place)
