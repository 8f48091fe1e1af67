"""Answer what a person holds; every rule of every room asks here."""

from django.utils.translation import gettext as _
from guardian.shortcuts import get_objects_for_user

from fsul_portal.verdicts import Allowed, Denied


def holds(user, permission, *places):
    """Return whether the user holds the permission on the whole portal or on one of the places."""
    if user is None or not user.is_active:
        return False
    return user.has_perm(permission) or any(user.has_perm(permission, place) for place in places if place)


def places_held(user, permission, model):
    """Return the set of primary keys of `model` on which the user holds the permission (two queries at most)."""
    if user is None or not user.is_active:
        return set()
    held = get_objects_for_user(
        user, permission.split(".")[1], klass=model, accept_global_perms=False, with_superuser=False
    )
    return set(held.values_list("pk", flat=True))


def may_manage_people(user):
    """The system administrator keeps accounts and roles."""
    if holds(user, "members.manage_people"):
        return Allowed()
    return Denied(_("Only the system administrator keeps accounts and roles."))


def may_lift_pauses(user):
    """The system administrator lets people in again who typed wrong passwords."""
    if holds(user, "axes.delete_accessattempt"):
        return Allowed()
    return Denied(_("Only the system administrator lifts the pauses of signing in."))
