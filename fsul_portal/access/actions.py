"""Give and end roles: the only place that writes permissions."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from guardian.models import UserObjectPermission

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.access.rules import ask_anew
from fsul_portal.records.actions import record
from fsul_portal.users import User

# A stored permission: its key, the kind of the place and its key; None and "" for the whole portal.
Held = tuple[int, int | None, str]


@transaction.atomic
def grant(role: str, *, to: User, on: Model | None = None, by: User | None = None) -> Grant:
    """Give a person a role, on a place or (without one) on the whole portal; return the grant."""
    _lock(to.pk)
    held, fresh = Grant.objects.get_or_create(
        person=to,
        role=role,
        content_type=ContentType.objects.get_for_model(on) if on else None,
        object_id=on.pk if on else None,
        ended_at=None,
        defaults={"granted_by": by},
    )
    if fresh:
        _write_permissions(to)
        record(to, "granted", by=by, after={"role": role, "place": str(on or "")})
    return held


@transaction.atomic
def revoke(held: Grant, *, by: User | None = None) -> Grant:
    """End a role; its permissions are gone with the next request."""
    _lock(cast(int, held.person_id))
    # Read anew behind the lock: of two who end it at once, one does.
    held = Grant.objects.select_for_update().get(pk=held.pk)
    if held.ended_at:
        return held
    held.ended_at, held.ended_by = timezone.now(), by
    held.save(update_fields=["ended_at", "ended_by"])
    _write_permissions(held.person)
    record(held.person, "revoked", by=by, before={"role": held.role, "place": str(held.place or "")})
    return held


def _lock(person: int) -> None:
    """Let acts on the roles of one person follow one another.

    Two at once would each write the permissions of the roles that it saw, and the later one lose what the other wrote.
    """
    # Without the key: rows which only name the person, such as records, need not wait.
    get_user_model().objects.select_for_update(no_key=True).get(pk=person)


@transaction.atomic
def write_permissions_anew(person: User, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Make what is stored follow the table of roles, which a new version has changed; before, after: what changes."""
    _lock(person.pk)
    _write_permissions(person)
    record(person, "rights written anew", by=None, before=before, after=after)


def _write_permissions(person: User) -> None:
    """Make the stored permissions of a person exactly those of the roles held now."""
    held = list(Grant.objects.in_force().filter(person=person))
    due = due_by_person(held).get(person.pk, set())
    person.user_permissions.set([permission for permission, kind, __ in due if kind is None])
    _write_place_permissions(person, {one for one in due if one[1] is not None})
    person.is_staff = opens_admin(held)
    person.save(update_fields=["is_staff"])
    ask_anew(person)


def _write_place_permissions(person: User, due: set[Held]) -> None:
    kept = set()
    for row in UserObjectPermission.objects.filter(user=person):
        key = (row.permission_id, row.content_type_id, row.object_pk)
        if key in due:
            kept.add(key)
        else:
            row.delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(user=person, permission_id=permission, content_type_id=kind, object_pk=pk)
        for permission, kind, pk in sorted(due - kept)
        if kind is not None
    )


def opens_admin(held: Iterable[Grant]) -> bool:
    return any(ROLES[one.role].opens_admin for one in held)


def due_by_person(held: Iterable[Grant]) -> dict[int, set[Held]]:
    """Return what these roles bring to each person, by key; a query for each role and kind of place."""
    brings: dict[tuple[str, int | None], list[Permission]] = {}
    due: dict[int, set[Held]] = {}
    for one in held:
        role = (one.role, one.content_type_id)
        if role not in brings:
            brings[role] = permissions_named(ROLES[one.role].permissions, one.content_type_id)
        place = str(one.object_id or "")
        due.setdefault(cast(int, one.person_id), set()).update(
            (permission.pk, one.content_type_id, place) for permission in brings[role]
        )
    return due


def permissions_named(names: Collection[str], content_type_id: int | None = None) -> list[Permission]:
    """Return the permissions of these `app.codename` names; an unknown name is a mistake in the table."""
    codenames = {name.split(".")[1] for name in names}
    found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    if content_type_id:
        found = found.filter(content_type_id=content_type_id)
    named = [one for one in found if f"{one.content_type.app_label}.{one.codename}" in names]
    unknown = set(names) - {f"{one.content_type.app_label}.{one.codename}" for one in named}
    if unknown:
        raise Permission.DoesNotExist(f"No permission {', '.join(sorted(unknown))} (content type {content_type_id}).")
    return named
