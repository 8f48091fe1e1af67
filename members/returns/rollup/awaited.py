"""Count how many libraries were expected in each period, by group, as the registry stood at the mark (6.2.1 j)."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from members.libraries.models import Spell
from members.periods.actions import ensure
from members.periods.models import Period, month_due
from members.returns.rollup.groups import groups_of
from members.returns.rollup.models import Awaited, Mark

PERIODS_AT_ONCE = 12


def count_awaited() -> int:
    """Count anew wherever the registry says something else than when it was counted; return of how many months."""
    mark = Mark.objects.first()
    if mark is None:
        return 0
    ensure([month_due()])
    months = _months_over()
    due = [period for period in months if _is_behind(period, mark.known_at)]
    for start in range(0, len(due), PERIODS_AT_ONCE):
        _count(due[start : start + PERIODS_AT_ONCE], mark.known_at)
    # What the registry has recorded since changes nothing in the others: who reads sees that this was looked at.
    settled = [period.pk for period in months if period not in due]
    Awaited.objects.filter(period__in=settled, known_at__lt=mark.known_at).update(known_at=mark.known_at)
    return len(due)


def _months_over() -> list[Period]:
    """Return the months that are over, each with the moment as known at which it was counted."""
    months = Period.objects.filter(code__contains="-", last_day__lt=timezone.localdate())
    counted = Awaited.objects.order_by().values("period").annotate(at=Min("known_at")).values_list("period", "at")
    known = dict(counted)
    found = list(months)
    for period in found:
        period.counted_at = known.get(period.pk)  # type: ignore[attr-defined]  # for _is_behind alone
    return found


def _is_behind(period: Period, known_at: datetime) -> bool:
    counted_at: datetime | None = period.counted_at  # type: ignore[attr-defined]  # see above
    if counted_at is None:
        return True
    upto = min(known_at, period.locked_at) if period.locked_at else known_at
    if upto <= counted_at:
        return False
    spells = Spell.objects.filter(since__lte=period.last_day).exclude(until__lte=period.first_day)
    recorded = Q(recorded_at__gt=counted_at, recorded_at__lte=upto)
    return spells.filter(recorded | Q(superseded_at__gt=counted_at, superseded_at__lte=upto)).exists()


@transaction.atomic
def _count(periods: list[Period], known_at: datetime) -> None:
    rows = []
    for period in periods:
        groups = groups_of([period], known_at)[period.pk]
        counts = Counter(group._replace(due=True) for group in groups.values() if group.due)
        rows += [
            Awaited(
                period=period,
                district_id=group.district,
                level=group.level,
                kind=group.kind,
                left=group.left,
                libraries=count,
                known_at=known_at,
            )
            for group, count in counts.items()
        ]
    Awaited.objects.filter(period__in=periods).delete()
    Awaited.objects.bulk_create(rows, batch_size=2000)
