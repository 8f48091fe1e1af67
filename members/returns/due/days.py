"""Say by when a return is due and whether it came late, in Python and in SQL; nobody else reckons it (6.2.1 j).

The rules are read once a request or task and kept in its thread, as the working days are; `forget` lets go of them.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from asgiref.local import Local
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from fsul_portal.calendar import Deadline, add_working_days, first_working_day
from members.periods.models import Period, month_before, period_unstored
from members.returns.due.models import BEGINNING, DueRule
from members.returns.models import Return

# Spring Festival and the national holidays take up to nine days, with the weekends moved to them.
LONGEST_HOLIDAYS = timedelta(days=14)
# A rule that counts working days may put a day into the third month after its period.
MONTHS_BACK = 4

COUNTED: dict[str, Callable[[date, int], Deadline]] = {
    DueRule.Counting.NEXT_WORKING: lambda last, day: first_working_day(last + timedelta(days=day)),
    DueRule.Counting.PLAIN: lambda last, day: Deadline(last + timedelta(days=day), known=True),
    DueRule.Counting.WORKING_DAYS: add_working_days,
}

_kept = Local()


def deadline(period: Period) -> Deadline:
    """Return by when a return of the period is due; the deadline says when holidays may still move it."""
    rule = rule_for(f"{period.last_day:%Y-%m}")
    return COUNTED[rule.counting](period.last_day, rule.day)


def district_deadline(period: Period) -> Deadline:
    """Return by when the districts have decided on the returns of a period."""
    rule = rule_for(f"{period.last_day:%Y-%m}")
    return COUNTED[rule.counting](period.last_day, rule.district_day)


def lock_deadline(period: Period) -> Deadline:
    """Return by when the office has locked a period."""
    rule = rule_for(f"{period.last_day:%Y-%m}")
    return COUNTED[rule.counting](period.last_day, rule.lock_day)


def due_on(period: Period) -> date:
    """Return the last day on which a return of the period is on time.

    Where the holidays are not known, the day may be one: nobody is called late before the longest would be over.
    """
    found = deadline(period)
    return found.day if found.known else found.day + LONGEST_HOLIDAYS


def periods_due(first: date, last: date) -> list[Period]:
    """Return the periods whose day falls from `first` to `last`, the earliest first; each as it would be stored."""
    this_month = f"{last:%Y-%m}"
    months = [month_before(this_month, back) for back in range((last - first).days // 28 + MONTHS_BACK)]
    codes = [code for month in reversed(months) for code in ([month[:4]] if month.endswith("-12") else []) + [month]]
    return [period for period in map(period_unstored, codes) if first <= deadline(period).day <= last]


def is_over(period: Period) -> bool:
    return period.last_day < timezone.localdate()


def is_past_due(period: Period) -> bool:
    """Say whether its last day is over: what has not come by then is missing, before it is still to come.

    Of a locked period nothing more comes, whatever its day.
    """
    return period.is_locked or timezone.now() >= _over_at(period)


def is_late(one: Return) -> bool:
    """Say whether a return was first handed in after its last day; what the office imported never is."""
    return one.received_at is not None and one.received_at >= _over_at(one.period)


def late(periods: Iterable[Period]) -> Q:
    """Return the condition of `is_late` for SQL, on returns of these periods; of others none is late."""
    condition = Q(pk__in=())
    for period in periods:
        condition |= Q(period__code=period.code, received_at__gte=_over_at(period))
    return condition


def _over_at(period: Period) -> datetime:
    """Return the moment at which the last day of a period is over in the city."""
    return timezone.make_aware(datetime.combine(due_on(period) + timedelta(days=1), time()))


def rule_for(month: str) -> DueRule:
    """Return the rule that holds for a month, by its code."""
    return next(rule for rule in _rules() if rule.since <= month)


def first_rule() -> DueRule:
    """Return the rule with which a new portal begins; once it is kept, another default changes nothing."""
    day, of_districts, of_office = settings.RETURN_DUE_DAY, settings.DISTRICT_DUE_DAY, settings.LOCK_DUE_DAY
    later = {"district_day": max(day, of_districts), "lock_day": max(day, of_districts, of_office)}
    return DueRule(since=BEGINNING, day=day, **later)


def forget(*_sender: object, **_signal: object) -> None:
    """Let go of the rules that were read; they are read anew when they are asked for."""
    _kept.rules = None


def _rules() -> list[DueRule]:
    """Return the rules, the newest first."""
    found: list[DueRule] | None = getattr(_kept, "rules", None)
    if found is None:
        found = _kept.rules = list(DueRule.objects.order_by("-since")) or [first_rule()]
    return found
