"""Keep the checks of returns, on record and in the versions of the dictionary (6.2.1 j)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.versions.actions import PARTS, keep, keep_first, stated
from members.indicators.versions.models import BEGINNING
from members.returns.checks.keeping.rules import may_keep_check
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import first_rows

FIELDS = ("kind", "codes", "limit", "base", "most", "blocks", "is_on")

PARTS["checks"] = CheckRow.objects.all


@transaction.atomic
def load_first_checks() -> int:
    """Keep the checks of the settings as the first rows where there is none; return how many are new."""
    if CheckRow.objects.exists():
        return 0
    keep_first()
    rows = [
        CheckRow(
            slot=slot,
            kind=row.kind,
            codes=list(row.codes),
            limit=row.limit or None,
            base=row.base or None,
            most=row.most,
            blocks=row.blocks,
        )
        for slot, row in first_rows().items()
    ]
    CheckRow.objects.bulk_create(rows)
    keep({row.code: stated(row) for row in rows}, BEGINNING, part="checks")
    return len(rows)


@transaction.atomic
def keep_check(row: CheckRow, *, by: User) -> CheckRow:
    """Let a check count from a month on, in the place of what its name meant before (6.2.1 j)."""
    load_first_checks()
    require(may_keep_check(by, row))
    rows = CheckRow.objects.select_for_update().of(row.slot).order_by("since")
    before = [one for one in rows if one.since <= row.since]
    stored = before[-1] if before and before[-1].since == row.since else CheckRow(slot=row.slot, since=row.since)
    said: dict[str, Any] = {name: getattr(before[-1], name) for name in FIELDS} if before else {}
    wanted = {name: getattr(row, name) for name in FIELDS}
    if wanted == said:
        return before[-1]
    for name, value in wanted.items():
        setattr(stored, name, value)
    stored.set_at, stored.set_by = timezone.now(), by
    stored.save()
    keep({stored.code: stated(stored)}, stored.since, part="checks", by=by)
    changed = [name for name in FIELDS if said.get(name) != wanted[name]]
    told = {name: said.get(name) for name in changed}, {name: wanted[name] for name in changed}
    record(stored, "check set", by=by, before=told[0], after=told[1])
    return stored
