"""Keep the checks of returns, on record and in the versions of the dictionary (6.2.1 j)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.indicators.dictionary import next_month
from members.indicators.versions.actions import PARTS, keep, keep_first, stated
from members.indicators.versions.models import BEGINNING
from members.returns.checks.firsts import ANY
from members.returns.checks.keeping.rules import may_keep_check
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row, first_rows

FIELDS = ("kind", "codes", "limit", "base", "share", "months", "most", "blocks", "is_on")

PARTS["checks"] = CheckRow.objects.all


@transaction.atomic
def load_first_checks() -> int:
    """Keep the checks of the settings as the first rows; return how many are new.

    A portal that runs gets what a release brings from the next month on: a check that it does not know, and the new
    limits of one that the office has left as it was.
    """
    stored = list(CheckRow.objects.order_by("since"))
    newest = {one.slot: one for one in stored}
    since = f"{next_month():%Y-%m}" if stored else BEGINNING
    rows = [_first(slot, row, since) for slot, row in first_rows().items()]
    fresh = [one for one in rows if one.slot not in newest or _is_outgrown(newest[one.slot], one)]
    if not fresh:
        return 0
    keep_first()
    CheckRow.objects.bulk_create(fresh)
    keep({row.code: stated(row) for row in fresh}, since, part="checks")
    return len(fresh)


def _first(slot: str, row: Row, since: str) -> CheckRow:
    return CheckRow(
        slot=slot,
        kind=row.kind,
        since=since,
        codes=list(row.codes),
        limit=row.limit or None,
        base=row.base or None,
        share=row.share or None,
        months=row.months or None,
        most=row.most,
        blocks=row.blocks,
    )


def _is_outgrown(stored: CheckRow, first: CheckRow) -> bool:
    """Say whether a check is still as an older release has brought it, and this one brings it otherwise."""
    older = OF_OLDER_RELEASES.get(first.slot)
    if older is None or stored.since >= first.since:
        return False
    wanted = {name: getattr(first, name) for name in FIELDS} | dict.fromkeys(older)
    wanted["most"] = {place: _named(most) for place, most in first.most.items()}
    return {name: getattr(stored, name) for name in FIELDS} == wanted


def _named(most: dict[str, int]) -> dict[str, int]:
    return {code: limit for code, limit in most.items() if code != ANY}


# What checks did not say before, by their names.
OF_OLDER_RELEASES = {"swing": ("months",), "first": ("limit",)}


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
