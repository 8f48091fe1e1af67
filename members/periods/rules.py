"""Say whether anything may still change in a period (6.2.1 j)."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.templatetags.figures import period as period_in_words
from fsul_portal.verdicts import Allowed, Verdict, closed, not_now
from members.periods.models import Period

# The first day, and the day after the last one, or None.
Stretch = tuple[date, date | None]


def is_open(period: Period) -> Verdict:
    """Nothing changes in a locked period, and nothing is reported before it begins (6.2.1 j)."""
    if period.is_locked:
        return closed(_("%(period)s is locked; nothing in it changes any more.") % {"period": period})
    if period.first_day > timezone.localdate():
        return not_now(_("%(period)s has not begun yet.") % {"period": period})
    return Allowed()


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


def named(codes: Iterable[str]) -> str:
    """Return periods in words, one after another."""
    return _(", ").join(map(period_in_words, codes))
