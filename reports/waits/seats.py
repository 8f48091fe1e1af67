"""Find who can answer, for many places at once (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from fsul_portal.access.models import Grant
from fsul_portal.access.rules import roles_with
from fsul_portal.approvals.models import Turn, Writer
from fsul_portal.users import User

# The kind and the key of a place; the whole portal has neither.
Place = tuple[int | None, int | None]
WHOLE: Place = (None, None)


class Seated:
    """Who holds which of some permissions on which place, read in one query, however many places are asked for."""

    def __init__(self, permissions: Collection[str]) -> None:
        roles = {permission: set(roles_with(permission)) for permission in permissions}
        self._held: dict[tuple[str, Place], list[User]] = defaultdict(list)
        grants = Grant.objects.in_force().filter(role__in=set().union(*roles.values()), person__is_active=True)
        for grant in grants.select_related("person").order_by("person"):
            for permission, bring in roles.items():
                if grant.role in bring:
                    self._held[permission, (grant.content_type_id, grant.object_id)].append(grant.person)

    def on(self, permission: str, *places: Place) -> list[User]:
        """Return the people who hold the permission on one of the places, those of the first place first."""
        return list(dict.fromkeys(person for place in places for person in self._held.get((permission, place), ())))

    def at(self, turn: Turn, barred: Collection[int] = ()) -> list[User]:
        """Return who is seated at a turn and had no hand in what it is about."""
        people = self.on(turn.permission, (turn.place_type_id, turn.place_id), WHOLE)
        return [person for person in people if person.pk not in barred]


def place(model: type[Model], key: int) -> Place:
    return ContentType.objects.get_for_model(model).pk, key


def hands_in(turns: Iterable[Turn]) -> dict[tuple[int, int], set[int]]:
    """Return who wrote what these turns of one model are about, in the round of each, by its key and round."""
    asked = list(turns)
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    if asked:
        wrote = Writer.objects.filter(
            content_type=asked[0].content_type_id, object_id__in={turn.object_id for turn in asked}
        )
        for key, number, person in wrote.values_list("object_id", "round", "person"):
            found[key, number].add(person)
    return found
