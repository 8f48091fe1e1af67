"""Save a view of the explorer, rename, share and remove it (6.2.1 j)."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from fsul_portal.acts.versions import require_version
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, require
from reports.explorer.models import SavedView, new_key
from reports.explorer.rules import may_keep_to_himself, may_remove, may_rename, may_save, may_share


@transaction.atomic
def save_view(name: str, query: str, *, by: User, token: str = "") -> SavedView:
    """Save what is looked at under a name; the same form sent twice saves it once (6.2.1 j)."""
    require(may_save(by))
    view, fresh = SavedView.objects.get_or_create(
        saved_by=by, form_token=token or uuid.uuid4().hex, defaults={"name": name, "query": query, "key": new_key()}
    )
    if fresh:
        record(view, "view saved", by=by, after={"name": name, "query": query})
    return view


@transaction.atomic
def rename(view: SavedView, *, by: User, name: str, version: int | None = None) -> SavedView:
    """Give a view another name; its address stays (6.2.1 j)."""
    view = _held(view, may_rename, by)
    require_version(view, version)
    before, view.name = view.name, name
    return _keep(view, "view renamed", by, "name", {"name": before}, {"name": name})


@transaction.atomic
def share(view: SavedView, *, by: User) -> SavedView:
    """Let colleagues find a view; each sees in it what he may see (6.2.1 j)."""
    view = _held(view, may_share, by)
    view.is_shared = True
    return _keep(view, "view shared", by, "is_shared")


@transaction.atomic
def keep_to_oneself(view: SavedView, *, by: User) -> SavedView:
    """Let nobody else find a view any more (6.2.1 j)."""
    view = _held(view, may_keep_to_himself, by)
    view.is_shared = False
    return _keep(view, "view kept to oneself", by, "is_shared")


@transaction.atomic
def remove(view: SavedView, *, by: User) -> SavedView:
    """Remove a view; its address leads nobody else anywhere any more (6.2.1 j)."""
    view = _held(view, may_remove, by)
    view.removed_at, view.removed_by = timezone.now(), by
    view.save(update_fields=["removed_at", "removed_by"])
    record(view, "view removed", by=by)
    return view


def _held(view: SavedView, rule: Any, by: User) -> SavedView:
    view = SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    verdict: Verdict = rule(by, view)
    require(verdict)
    return view


def _keep(view: SavedView, verb: str, by: User, field: str, before: Any = None, after: Any = None) -> SavedView:
    view.version += 1
    view.save(update_fields=[field, "version"])
    record(view, verb, by=by, before=before, after=after)
    return view
