"""Compare the stored permissions with the roles that people hold; they must say the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from guardian.models import UserObjectPermission

from fsul_portal.access.actions import Held, due_by_person, opens_admin, write_permissions_anew
from fsul_portal.access.models import Grant
from fsul_portal.users import User


@dataclass(frozen=True)
class Deviation:
    """What a person holds without a role, and what a role should bring and does not: permission, kind, key of place.

    admin: "+" where the admin is open without a role that opens it, "-" where it should be.
    """

    person: User
    extra: frozenset[Held]
    missing: frozenset[Held]
    admin: str = ""

    def __str__(self) -> str:
        signed = [f"+{name}" for name in self.more] + [f"-{name}" for name in self.less]
        return f"{self.person.get_username()}: {', '.join(signed)}"

    @property
    def more(self) -> list[str]:
        return _in_words(self.extra) + ["admin"] * (self.admin == "+")

    @property
    def less(self) -> list[str]:
        return _in_words(self.missing) + ["admin"] * (self.admin == "-")


def deviations() -> list[Deviation]:
    """Return the people whose stored permissions are not exactly those of their roles; few queries for any number."""
    grants: dict[int, list[Grant]] = defaultdict(list)
    for one in Grant.objects.in_force().order_by():
        grants[cast(int, one.person_id)].append(one)
    due, stored = due_by_person(one for held in grants.values() for one in held), _stored()
    found = []
    for person in get_user_model().objects.order_by("username").iterator():
        is_due, is_held = due.get(person.pk, set()), stored.get(person.pk, set())
        admin = _sign(due=opens_admin(grants[person.pk]), held=person.is_staff)
        if is_due != is_held or admin:
            found.append(Deviation(person, frozenset(is_held - is_due), frozenset(is_due - is_held), admin))
    return found


def mend_deviations() -> int:
    """Bring what is stored to what the table of roles says today; return how many people it concerned.

    A right that a new version gives to a role, or takes from it, thus reaches those who hold the role already. Whoever
    never held a role is an account of the machine itself, outside of the table: named by `compare_roles`, not touched.
    """
    seated = set(Grant.objects.order_by().values_list("person", flat=True))
    found = [one for one in deviations() if one.person.pk in seated]
    for one in found:
        write_permissions_anew(one.person, before={"rights": one.more}, after={"rights": one.less})
    return len(found)


def _sign(*, due: bool, held: bool) -> str:
    return "" if due == held else "+" if held else "-"


def _stored() -> dict[int, set[Held]]:
    stored: dict[int, set[Held]] = defaultdict(set)
    on_places: Any = UserObjectPermission.objects.order_by()
    names = ("user_id", "permission_id", "content_type_id", "object_pk")
    for person, permission, kind, place in on_places.values_list(*names).iterator():
        stored[person].add((permission, kind, place))
    on_portal = get_user_model().user_permissions.through.objects.order_by()
    for person, permission in on_portal.values_list("user_id", "permission_id").iterator():
        stored[person].add((permission, None, ""))
    return stored


def _in_words(held: Iterable[Held]) -> list[str]:
    """Name permissions with their places; a person deviates by few, so that a query for all of them will do."""
    asked = {one[0] for one in held}
    kinds = Permission.objects.select_related("content_type").in_bulk(asked)
    names = [
        f"{kinds[permission].content_type.app_label}.{kinds[permission].codename}" + (f" ({kind}:{pk})" if kind else "")
        for permission, kind, pk in held
    ]
    return sorted(names)
