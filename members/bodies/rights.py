"""Let the rights of a person follow the posts that he has; nothing else gives or ends a role of seats (5.1, 5.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import OF_SEATS
from fsul_portal.lives.models import heirs
from fsul_portal.users import User
from members.bodies.models import Tenure

# A role and the place that it is held on, by its kind and key; both None on the whole portal.
Held = tuple[str, int | None, int | None]


def settle(person: User, *, by: User | None) -> None:
    """Make the roles of seats of a person those of his posts, inside the caller's transaction."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
    due = {_key(role, place): place for tenure in _tenures([person.pk]) for role, place in tenure.roles()}
    held = {_held(one): one for one in _grants().filter(person=person)}
    for key in sorted(due.keys() - held.keys(), key=str):
        grant(key[0], to=person, on=due[key], by=by)
    for key in sorted(held.keys() - due.keys(), key=str):
        revoke(held[key], by=by)


@dataclass(frozen=True)
class Unseated:
    """A person whose roles of seats are not those of his posts: without a seat, and missing beside one."""

    person: User
    extra: frozenset[Held]
    missing: frozenset[Held]

    def __str__(self) -> str:
        more, less = (sorted({role for role, *__ in held}) for held in (self.extra, self.missing))
        return (
            f"{self.person.get_username()}: {', '.join([*(f'+{one}' for one in more), *(f'-{one}' for one in less)])}"
        )


def without_a_seat() -> list[Unseated]:
    """Return the people whose roles of seats and posts do not say the same; few queries for any number."""
    due: dict[int, set[Held]] = defaultdict(set)
    held: dict[int, set[Held]] = defaultdict(set)
    for tenure in _tenures(None):
        due[tenure.person_id] |= {_key(role, place) for role, place in tenure.roles()}
    for one in _grants():
        held[one.person_id or 0].add(_held(one))
    people = get_user_model().objects.in_bulk(due.keys() | held.keys())
    return [
        Unseated(person, frozenset(held[pk] - due[pk]), frozenset(due[pk] - held[pk]))
        for pk, person in sorted(people.items())
        if held[pk] != due[pk]
    ]


def _tenures(people: Iterable[int] | None) -> Iterable[Any]:
    for model in heirs(Tenure):
        seated = model.objects.seated().order_by("pk")
        yield from seated if people is None else seated.filter(person__in=people)


def _grants() -> Any:
    return Grant.objects.in_force().filter(role__in=OF_SEATS).order_by("pk")


def _key(role: str, place: Model | None) -> Held:
    return (role, ContentType.objects.get_for_model(place).pk, place.pk) if place else (role, None, None)


def _held(one: Grant) -> Held:
    return one.role, one.content_type_id, one.object_id
