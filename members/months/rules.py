"""Say who may lock a month (6.2.1 j)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, not_now
from members.divisions.models import Division
from members.periods.models import Period
from members.periods.rules import is_open, named
from members.returns.due.completeness import waiting_by_district
from members.returns.models import Return


def may_lock(user: User, period: Period) -> Verdict:
    """The office locks a period that is over and in which nothing waits for a decision (6.2.1 j)."""
    if not holds(user, "members.lock_months"):
        return Denied(_("Only the coordination office locks months."))
    if period.is_locked:
        return is_open(period)
    if period.last_day >= timezone.localdate():
        return not_now(_("%(period)s is not over yet.") % {"period": period})
    months = open_months(period) if period.is_year else []
    if months:
        words = {"period": period, "months": named(months)}
        return not_now(_("Months of %(period)s with returns are still open: %(months)s. Lock them first.") % words)
    waiting = waiting_by_district(period)
    return not_now(_still_waiting(waiting), _to_those_waiting(period)) if waiting else Allowed()


def open_months(year: Period) -> list[str]:
    """Return the months of a year in which something was reported and which are not locked."""
    months = Period.objects.months_of(year.code).filter(locked_at__isnull=True)
    return list(
        months.filter(Exists(Return.objects.filter(period=OuterRef("pk"))))
        .order_by("code")
        .values_list("code", flat=True)
    )


def _still_waiting(waiting: list[tuple[Division, int]]) -> str:
    total = sum(count for __, count in waiting)
    places = _(", ").join(f"{district} {count}" for district, count in waiting)
    return ngettext(
        "%(total)s return still awaits a decision: %(places)s.",
        "%(total)s returns still await a decision: %(places)s.",
        total,
    ) % {"total": total, "places": places}


def _to_those_waiting(period: Period) -> Way:
    address = f"{reverse('returns:return-list')}?tab=all&state=submitted&period={period.code}"
    return Way(_("The returns that wait"), address)
