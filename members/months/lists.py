"""Find the months that can be locked (6.2.1 j)."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from members.periods.models import Period, PeriodQuerySet
from members.returns.models import Return


def lockable_by(user: User) -> PeriodQuerySet:
    """Return the stored months which this person may lock now: over, reported for, and nothing waits (6.2.1 j)."""
    if not holds(user, "members.lock_months"):
        return Period.objects.none()
    returns = Return.objects.filter(period=OuterRef("pk"))
    over = Period.objects.filter(code__contains="-", locked_at__isnull=True, last_day__lt=timezone.localdate())
    return over.filter(
        Exists(returns.filter(state=Return.State.ACCEPTED)), ~Exists(returns.filter(state=Return.State.SUBMITTED))
    )
