"""Say who holds what in a working group."""

from fsul_portal.access.rules import holds, places_held
from fsul_portal.users import User
from workgroups.groups.models import Group


def holds_in(user: User, permission: str, key: str) -> bool:
    """Return whether the user holds the permission on the whole portal, or in the group of this key."""
    return holds(user, permission) or key in _keys_held(user, permission)


def _keys_held(user, permission):
    """Return the keys of the groups on which the user holds it, asked for once in the life of the object."""
    known = getattr(user, "_keys_of_groups", None)
    if known is None:
        known = user._keys_of_groups = {}
    if permission not in known:
        held = places_held(user, permission, Group)
        known[permission] = set(Group.objects.filter(pk__in=held).values_list("key", flat=True))
    return known[permission]
