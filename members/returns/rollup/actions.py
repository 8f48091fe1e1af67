"""Keep the sums in step with the returns, follow the registry, fold the rows, and reckon them anew (6.2.1 j)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from members.libraries.models import Spell
from members.periods.models import Period
from members.returns.models import Return
from members.returns.rollup.groups import groups_of
from members.returns.rollup.models import Mark, Tally
from members.returns.rollup.sums import Stand, Sums, stand_of, sums_of_rows

LIBRARIES_AT_ONCE = 2000
KEY = ("period", "district", "level", "kind", "left", "due", "code")


class Change(NamedTuple):
    """How a return stood and stands; None where there was none."""

    library: int
    period: Period
    before: Stand | None
    after: Stand | None


def count_again(changes: Iterable[Change]) -> None:
    """Add what these returns count for now less what they did, in the transaction that changes them (6.2.1 j)."""
    sums = Sums()
    gather(changes, sums)
    sums.write()


def gather(changes: Iterable[Change], sums: Sums) -> None:
    """Add what these returns count for now to sums that the caller writes at the end of his transaction."""
    changes = [one for one in changes if one.before != one.after]
    if not changes:
        return
    known_at = _shared_mark()
    periods = {one.period.pk: one.period for one in changes}
    groups = groups_of(periods.values(), known_at, {one.library for one in changes})
    for one in changes:
        group = groups[one.period.pk].get(one.library)
        sums.count(one.period.pk, group, one.before, -1)
        sums.count(one.period.pk, group, one.after)


@transaction.atomic
def settle(upto: datetime) -> bool:
    """Read the registry as it stood at that moment from now on: what moved takes its figures along (6.2.1 j).

    False where a writer is at work: nobody is made to wait, it comes again.
    """
    mark = _mark_alone()
    if mark is None:
        return False
    before = mark.known_at
    if upto <= before:
        return True
    touched = sorted(set(_touched(before, upto).values_list("library_id", flat=True)))
    periods = list(Period.objects.filter(Q(locked_at__isnull=True) | Q(locked_at__gt=before)))
    for start in range(0, len(touched), LIBRARIES_AT_ONCE):
        _move(periods, touched[start : start + LIBRARIES_AT_ONCE], before, upto)
    mark.known_at = upto
    mark.save(update_fields=["known_at"])
    return True


def _move(periods: list[Period], libraries: list[int], before: datetime, upto: datetime) -> None:
    """Take the figures of libraries out of the groups in which they stood, and put them into those of now."""
    old, new = groups_of(periods, before, libraries), groups_of(periods, upto, libraries)
    moved = [
        period for period in periods if any(old[period.pk].get(one) != new[period.pk].get(one) for one in libraries)
    ]
    sums = Sums()
    for one in Return.objects.filter(library__in=libraries, period__in=moved).select_related("period"):
        was, now = old[one.period_id].get(one.library_id), new[one.period_id].get(one.library_id)
        if was != now:
            sums.count(one.period_id, was, stand_of(one), -1)
            sums.count(one.period_id, now, stand_of(one))
    sums.write()


def _touched(before: datetime, upto: datetime) -> Any:
    """Return the spells that were recorded or superseded after one moment and up to another."""
    recorded = Q(recorded_at__gt=before, recorded_at__lte=upto)
    return Spell.objects.filter(recorded | Q(superseded_at__gt=before, superseded_at__lte=upto))


@transaction.atomic
def fold(period: Period) -> int:
    """Put the rows of a period together, one for each group and indicator; return how many rows went (6.2.1 j)."""
    # Rows that another fold has in hand are his; what is written meanwhile is folded the next time.
    rows = list(Tally.objects.select_for_update(skip_locked=True).filter(period=period))
    sums = sums_of_rows(rows).without_nothing()
    if len(sums) == len(rows):
        return 0
    _delete(row.pk for row in rows)
    return len(rows) - sums.write()


def _delete(keys: Iterable[int]) -> None:
    known = list(keys)
    for start in range(0, len(known), LIBRARIES_AT_ONCE):
        Tally.objects.filter(pk__in=known[start : start + LIBRARIES_AT_ONCE]).delete()


def to_fold() -> list[Period]:
    """Return the periods in which some group has several rows of one indicator."""
    several = Tally.objects.order_by().values(*KEY).annotate(rows=Count("pk")).filter(rows__gt=1)
    return list(Period.objects.filter(pk__in={row["period"] for row in several}))


@transaction.atomic
def mend(period: Period, *, write: bool = True) -> int | None:
    """Hold the sums of a period against its returns; return how many differ, None where a writer is at work (6.2.1 j).

    What differs is added, unless one only looks; a second time there is nothing to add.
    """
    mark = _mark_alone()
    if mark is None:
        return None
    groups, sums = groups_of([period], mark.known_at)[period.pk], Sums()
    rows = Return.objects.filter(period=period).only("library_id", "state", "received_at", "figures")
    for one in rows.iterator(chunk_size=2000):
        sums.count(period.pk, groups.get(one.library_id), stand_of(one, period))
    lacking = sums.less(sums_of_rows(Tally.objects.filter(period=period).iterator(chunk_size=2000)))
    return lacking.write() if write else len(lacking)


def build() -> int:
    """Reckon the sums of all returns where there are none yet; return of how many periods (6.2.1 j)."""
    _ensure_mark()
    if Mark.objects.filter(built_at__isnull=False).exists():
        return 0
    periods = Period.objects.filter(pk__in=Return.objects.values("period_id"))
    found = [mend(period) for period in periods]
    if None not in found:
        Mark.objects.update(built_at=timezone.now())
    return sum(map(bool, found))


def _ensure_mark() -> None:
    if not Mark.objects.exists():
        Mark.objects.bulk_create([Mark(pk=1, known_at=timezone.now())], ignore_conflicts=True)


def _shared_mark() -> datetime:
    """Hold the mark together with other writers, so that it does not move on below them."""
    _ensure_mark()
    if connection.vendor != "postgresql":
        return Mark.objects.values_list("known_at", flat=True).get()
    # The ORM knows no FOR SHARE.
    return Mark.objects.raw(f"SELECT * FROM {Mark._meta.db_table} WHERE id = 1 FOR SHARE")[0].known_at


def _mark_alone() -> Mark | None:
    """Hold the mark alone; None where a writer shares it."""
    _ensure_mark()
    return Mark.objects.select_for_update(skip_locked=True).first()
