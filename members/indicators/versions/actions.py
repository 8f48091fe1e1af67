"""Make a version of the dictionary each time it changes from a month on (6.2.1 j)."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fsul_portal.users import User
from members.indicators.formulas.models import Formula
from members.indicators.models import Indicator
from members.indicators.versions.models import BEGINNING, DictionaryVersion

Content = dict[str, Any]
# What a version holds: {part: the rows of it, by their codes}.
PARTS: dict[str, Callable[[], Iterable[models.Model]]] = {
    "indicators": Indicator.objects.all,
    "formulas": Formula.objects.all,
}


def content_now() -> Content:
    """Return all that the dictionary says, by the codes of its rows."""
    return {part: {one.code: stated(one) for one in rows()} for part, rows in PARTS.items()}  # type: ignore[attr-defined]


def stated(row: models.Model) -> dict[str, Any]:
    """Return what a row says, without its key."""
    fields = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in fields}


def digest_of(content: Mapping[str, Any]) -> str:
    spelled = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def keep_first() -> int:
    """Keep what the dictionary says as its first version, where there is none; return how many are new."""
    if DictionaryVersion.objects.exists():
        return 0
    content = content_now()
    DictionaryVersion.objects.create(number=1, since=BEGINNING, content=content, digest=digest_of(content))
    return 1


def keep(
    changes: Mapping[str, Mapping[str, Any] | None], since: str, *, part: str = "indicators", by: User | None = None
) -> None:
    """Make a version with what has changed of some rows, by their codes, from a month on; None takes a row out.

    Versions of later months get it too. Whoever changes the dictionary calls `keep_first` before and this after.
    """
    # Whoever changes it at the same moment waits here, so that numbers have no gap.
    versions = list(DictionaryVersion.objects.select_for_update().order_by("since", "number"))
    number, newest = max(one.number for one in versions), {one.since: one.content for one in versions}
    base = newest[max(month for month in newest if month <= since)]
    for month in [since, *sorted(month for month in newest if month > since)]:
        content = base if month == since else newest[month]
        content = content | {part: _changed(content.get(part, {}), changes)}
        number += 1
        DictionaryVersion.objects.create(
            number=number, since=month, content=content, digest=digest_of(content), made_by=by
        )


def _changed(rows: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    found = dict(rows)
    for code, change in changes.items():
        if change is None:
            found.pop(code, None)
        else:
            found[code] = {**found.get(code, {}), **change}
    return found
