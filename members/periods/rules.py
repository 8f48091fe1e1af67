"""Say whether anything may still change in a period (6.2.1 j)."""

from collections.abc import Container, Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.verdicts import Allowed, Verdict, closed, not_now
from members.periods.models import Period

# The first day, and the day after the last one, or None.
Stretch = tuple[date, date | None]


def is_open(period: Period, years: Container[str] | None = None) -> Verdict:
    """Nothing changes in a locked period or a month of a locked year, and nothing is reported before it begins.

    `years` are the locked ones; they spare the question where many periods are asked about (6.2.1 j).
    """
    if period.is_locked:
        return closed(_("%(period)s is locked; nothing in it changes any more.") % {"period": period})
    # The report of a year adds up its months: once it is final, they are too, whether each was locked or not.
    if not period.is_year and str(period.year) in (locked_years([period]) if years is None else years):
        return closed(_("%(period)s is locked; nothing in it changes any more.") % {"period": period.year})
    if period.first_day > timezone.localdate():
        return not_now(_("%(period)s has not begun yet.") % {"period": period})
    return Allowed()


def locked_years(periods: Iterable[Period]) -> set[str]:
    """Return the codes of the locked years in which these periods lie."""
    codes = {str(period.year) for period in periods}
    return set(Period.objects.filter(code__in=codes, locked_at__isnull=False).values_list("code", flat=True))


def locked_months() -> list[Period]:
    """Return the locked months, the oldest first."""
    return list(Period.objects.filter(locked_at__isnull=False, code__contains="-").order_by("code"))


def locked_months_touched(changes: Iterable[Stretch], months: list[Period] | None = None) -> list[str]:
    """Return the codes of the locked months in which one of these stretches has a day.

    `months` spares the question where many are asked about.
    """
    changes = list(changes)
    months = locked_months() if months is None else months
    return [
        month.code
        for month in months
        if any(first <= month.last_day and (end is None or end > month.first_day) for first, end in changes)
    ]
