"""Answer what a person holds; every rule of every room asks here."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from guardian.utils import get_user_obj_perms_model

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

# A permission and the places on which it may be held; one that is held on the whole portal counts as well.
Holding = tuple[Any, ...]


def holds(user: User | None, permission: str, *places: Model | None) -> bool:
    """Return whether the user holds the permission on the whole portal or on one of the places."""
    if user is None or not user.is_active:
        return False
    if user.has_perm(permission):
        return True
    return any((permission, _kind(place), place.pk) in _held_by(user) for place in places if place)


def holds_anywhere(user: User | None, permission: str) -> bool:
    """Return whether the user holds the permission on the whole portal or on any place of it."""
    return holds(user, permission) or (user is not None and user.is_active and _is_held(user, permission))


def _is_held(user: User, permission: str) -> bool:
    return any(name == permission for name, *__ in _held_by(user))


def holds_on(user: User, permission: str, kind: int | None, key: int | None) -> bool:
    """Return whether the user holds the permission, where the place is known by its kind and key alone."""
    return holds(user, permission) or (user.is_active and (permission, kind, key) in _held_by(user))


def _held_by(user: User) -> set[tuple[str, int, int]]:
    """Return what the user holds on places: (permission, kind, key), asked for once in the life of the object.

    Django keeps what somebody holds on the whole portal in the same way: a request fetches its person anew.
    """
    held: set[tuple[str, int, int]] | None = getattr(user, "_held_on_places", None)
    if held is None:
        grants: Any = get_user_obj_perms_model()
        rows = grants.objects.filter(user=user).values_list(
            "permission__content_type__app_label", "permission__codename", "content_type_id", "object_pk"
        )
        held = {(f"{app}.{name}", kind, int(pk)) for app, name, kind, pk in rows}
        user._held_on_places = held  # type: ignore[attr-defined]  # beside what Django keeps there
    return held


def ask_anew(user: User) -> None:
    """Let go of what was asked for this object, because its roles have just changed."""
    user._held_on_places = None  # type: ignore[attr-defined]  # see _held_by


def _kind(model: Model | type[Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def people_holding(permission: str, *places: Model | None) -> QuerySet[User]:
    """Return the people of whom `holds` says yes: by a role on the whole portal or on one of the places."""
    return people_holding_any((permission, *places))


def people_holding_any(*asked: Holding) -> QuerySet[User]:
    """Return the people who hold at least one of these, each a permission and its places, in one query."""
    held = Q(pk__in=[])
    for permission, *places in asked:
        held |= Q(role__in=roles_with(permission)) & _held_on(places)
    return _active(held)


def people_in_role(*roles: str) -> QuerySet[User]:
    """Return the people who hold one of the roles, wherever."""
    held = Grant.objects.in_force().filter(role__in=roles).values("person")
    return get_user_model().objects.filter(is_active=True, pk__in=held).order_by("pk")


def people_holding_anywhere(permission: str) -> QuerySet[User]:
    """Return the people of whom `holds_anywhere` says yes."""
    return _active(Q(role__in=roles_with(permission)))


def roles_with(permission: str) -> list[str]:
    """Return the keys of the roles that bring the permission."""
    return [key for key, role in ROLES.items() if permission in role.permissions]


def _held_on(places: Iterable[Model | None]) -> Q:
    on = Q(object_id__isnull=True)
    for place in filter(None, places):
        on |= Q(content_type=ContentType.objects.get_for_model(place), object_id=place.pk)
    return on


def _active(held: Q) -> QuerySet[User]:
    # An account of the machine itself, outside the table of roles, holds everything; so it is told of everything.
    seated = Q(pk__in=Grant.objects.in_force().filter(held).values("person")) | Q(is_superuser=True)
    return get_user_model().objects.filter(seated, is_active=True).order_by("pk")


def places_held(user: User | None, permission: str, model: type[Model]) -> set[int]:
    """Return the set of primary keys of `model` on which the user holds the permission."""
    if user is None or not user.is_active:
        return set()
    return {pk for name, kind, pk in _held_by(user) if (name, kind) == (permission, _kind(model))}


def may_manage_people(user: User) -> Verdict:
    """The system administrator keeps accounts and roles."""
    if holds(user, "members.manage_people"):
        return Allowed()
    return Denied(_("Only the system administrator keeps accounts and roles."))


def may_lift_pauses(user: User) -> Verdict:
    """The system administrator lets people in again who typed wrong passwords."""
    if holds(user, "axes.delete_accessattempt"):
        return Allowed()
    return Denied(_("Only the system administrator lifts the pauses of signing in."))
