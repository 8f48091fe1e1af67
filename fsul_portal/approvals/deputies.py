"""Say in which turns a deputy acts: a line for each thing to which his entry may be narrowed, and nowhere else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from fsul_portal.access.deputies.models import Deputy
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.approvals.models import Turn


@dataclass(frozen=True)
class Limit:
    """A field of the entry, empty where it does not narrow. turns: those of a value; of: the value of a turn."""

    field: str
    turns: Callable[[Any], Q]
    of: Callable[["Turn"], Any]

    def takes_in(self, turn: "Turn") -> Q:
        """Return the condition on entries that speak of this turn, or of all."""
        of_all = {f"{self.field}__isnull": True} if Deputy._meta.get_field(self.field).null else {self.field: ""}
        return Q(**of_all) | Q(**{self.field: self.of(turn)})


LIMITS = (Limit("kind", turns=lambda kind: Q(kind=kind), of=attrgetter("kind")),)


def standing_in(user: User) -> QuerySet[Deputy]:
    """Return the entries by which a user acts for others today."""
    return Deputy.objects.in_force().filter(deputy=user)


def acting_in(turn: "Turn", seated: QuerySet[User]) -> QuerySet[Deputy]:
    """Return the entries by which others act in a turn for those who are seated at it."""
    return Deputy.objects.in_force().filter(*(limit.takes_in(turn) for limit in LIMITS), absent__in=seated)


def acting_for(people: Iterable[User], kind: str) -> list[tuple[User, User]]:
    """Return (deputy, who is away) for those of some people who are away today, in the turns of a kind."""
    of_kind = Q(kind="") | Q(kind=kind)
    entries = Deputy.objects.in_force().filter(of_kind, absent__in=[person.pk for person in people])
    return [(entry.deputy, entry.absent) for entry in entries.select_related("deputy", "absent").order_by("pk")]


def turns_by_absent(entries: QuerySet[Deputy]) -> dict[int, Q]:
    """Return by the key of whoever is away the turns in which the entries let act for him."""
    found: dict[int, list[Q]] = {}
    for entry in entries.order_by("pk").values("absent", *(limit.field for limit in LIMITS)):
        found.setdefault(entry["absent"], []).append(_turns_of(entry))
    return {away: _any_of(turns) for away, turns in found.items()}


def _turns_of(entry: Mapping[str, Any]) -> Q:
    turns = Q()
    for limit in LIMITS:
        if entry[limit.field]:
            turns &= limit.turns(entry[limit.field])
    return turns


def _any_of(turns: Iterable[Q]) -> Q:
    """Return all turns where one of the entries speaks of all: Django takes an empty condition in an "or" for none."""
    given = list(turns)
    return reduce(or_, given) if all(given) else Q()
