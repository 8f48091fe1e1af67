"""Compare the stored permissions with the roles that people hold; they must say the same."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from guardian.models import UserObjectPermission

from fsul_portal.access.actions import Held, due_on_places, permissions_named
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.users import User


@dataclass(frozen=True)
class Deviation:
    """What a person holds without a role, and what a role should bring and does not: permission, kind, key of place."""

    person: User
    extra: frozenset[Held]
    missing: frozenset[Held]

    def __str__(self) -> str:
        signs = [(sign, one) for sign, held in (("+", self.extra), ("-", self.missing)) for one in held]
        return f"{self.person.get_username()}: {', '.join(sorted(sign + _in_words(*one) for sign, one in signs))}"


def deviations() -> list[Deviation]:
    """Return the people whose stored permissions are not exactly those of their roles."""
    compared = [_compare(person) for person in get_user_model().objects.order_by("username")]
    return [one for one in compared if one.extra or one.missing]


def _compare(person: User) -> Deviation:
    stored, due = _stored(person), _due(person)
    return Deviation(person, frozenset(stored - due), frozenset(due - stored))


def _stored(person: User) -> set[Held]:
    rows = UserObjectPermission.objects.filter(user=person)
    on_places = set(rows.values_list("permission_id", "content_type_id", "object_pk"))
    return on_places | {(pk, None, "") for pk in person.user_permissions.values_list("pk", flat=True)}


def _due(person: User) -> set[Held]:
    held = list(Grant.objects.in_force().filter(person=person))
    names = {name for one in held if one.object_id is None for name in ROLES[one.role].permissions}
    portal = {(permission.pk, None, "") for permission in permissions_named(names)}
    return portal | due_on_places([one for one in held if one.object_id is not None])


def _in_words(permission: int, kind: int | None, place: str) -> str:
    found = Permission.objects.select_related("content_type").get(pk=permission)
    return f"{found.content_type.app_label}.{found.codename}" + (f" ({kind}:{place})" if kind else "")
