"""Enter what runs out, put it right, renew it, end it."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.ledgers.rules import may_correct, may_end, may_enter, may_renew
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require

Kept = TypeVar("Kept", bound=LedgerEntry)


# What a renewal does not take over from the entry before.
OF_ITS_OWN = {"id", "state", "version", "since", "until", "follows", "form_token"}
OF_ITS_OWN |= {f"{verb}_{end}" for verb in ("started", "ended") for end in ("at", "by", "on")}


@transaction.atomic
def enter(entry: Kept, *, by: User, token: str = "") -> Kept:
    """Put a new entry into the ledger."""
    require(may_enter(by, entry))
    return begin(entry, "ledger entered", by=by, token=token)


@transaction.atomic
def correct(entry: Kept, *, by: User, version: int | None = None, note: str = "", **facts: Any) -> Kept:
    """Put facts of a standing entry right."""
    entry = claim(entry, may_correct, by=by, version=version)
    return step(entry, "ledger corrected", by=by, note=note, **facts)


@transaction.atomic
def renew(
    entry: Kept, *, by: User, until: date | None, since: date | None = None, version: int | None = None, note: str = ""
) -> Kept:
    """Let another entry follow, from the day after the last one unless said otherwise; return the new one."""
    entry = claim(entry, may_renew, by=by, version=version)
    successor = _follow(entry, since or entry.next_day, until)
    if successor.since <= entry.since:
        raise Unready([Fault("since", _("What follows begins after what it follows."))])
    step(entry, "ledger renewed", to=entry.State.RENEWED, by=by, note=note)
    begin(successor, "ledger entered", by=by)
    _take_over(entry, successor)
    return successor


@transaction.atomic
def end(entry: Kept, *, by: User, ended_on: date, version: int | None = None, note: str = "") -> Kept:
    """End an entry before its last day, or one that has none."""
    entry = claim(entry, may_end, by=by, version=version)
    if ended_on < entry.since or (entry.until and ended_on > entry.until + ONE_DAY):
        raise Unready([Fault("ended_on", _("It can only end while it holds."))])
    return step(entry, "ledger ended", to=entry.State.ENDED, pair="ended", by=by, note=note, ended_on=ended_on)


def _follow(entry: Kept, since: date | None, until: date | None) -> Kept:
    kept = [field for field in entry._meta.concrete_fields if field.name not in OF_ITS_OWN]
    facts = {field.name: getattr(entry, field.name) for field in kept}
    return type(entry)(**facts, since=since, until=until, follows=entry)


def _take_over(entry: LedgerEntry, successor: LedgerEntry) -> None:
    """Carry over what stands beside the row, such as the libraries of a licence."""
    for field in entry._meta.many_to_many:
        getattr(successor, field.name).set(getattr(entry, field.name).all())
    record(successor, "ledger follows", by=successor.started_by, before={"entry": str(entry), "until": entry.until})
