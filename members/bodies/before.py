"""Put people on record who held a role of a seat before there were seats (5.1, 5.2)."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from fsul_portal.access.models import Grant
from fsul_portal.records.actions import record
from fsul_portal.users import User
from members.bodies.models import Tenure
from members.bodies.rights import settle
from members.rosters.actions import write_edition


def holders(*roles: str) -> Iterator[Grant]:
    """Give the grants in force of these roles, in this order; whoever works at no library cannot sit for one."""
    held = Grant.objects.in_force().filter(role__in=roles, person__library__isnull=False)
    for role in roles:
        yield from held.filter(role=role).select_related("person__library").order_by("granted_at", "pk")


def put_on_record(tenures: Sequence[Tenure], since: dict[int, Grant]) -> int:
    """Write tenures down that stand without an act of anybody, each since its grant; return how many."""
    people: dict[int, User] = {}
    for tenure in tenures:
        held = since[tenure.person_id]
        tenure.since = timezone.localdate(held.granted_at)
        tenure.seated_at, tenure.known_on = timezone.now(), timezone.localdate()
        tenure.save(force_insert=True)
        record(tenure, "seat taken over", by=None, after={"since": tenure.since, "role": held.role})
        people[tenure.person_id] = tenure.person
    for person in people.values():
        settle(person, by=None)
    for body in {tenure.body.pk: tenure.body for tenure in tenures}.values():
        write_edition(body, since=timezone.localdate(), known_on=timezone.localdate(), by=None)
    return len(people)
