"""The card of months (6.2.1 j)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry, Waiting
from members.months.lists import lockable_by
from members.periods.models import Period, month_before

# How many of the months that are over may still be open before the monthly reports are called late.
MONTHS_IN_WORK = 1


def months_locked(day):
    """Compare the months that are over with those that are locked (6.2.1 j)."""
    over = [f"{day.year}-{month:02}" for month in range(1, day.month)] or [month_before(f"{day.year}-01")]
    locked = Period.objects.filter(code__in=over, locked_at__isnull=False).count()
    if not locked:
        return NO_RECORD
    sentence = _("%(locked)s of the %(over)s months that are over are locked") % {"locked": locked, "over": len(over)}
    standing = Standing.HELD if len(over) - locked <= MONTHS_IN_WORK else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("months:month-list"), locked)


def months_to_lock(user):
    """Lead the office to the months in which nothing waits any more (6.2.1 j)."""
    count = lockable_by(user).count()
    yield Waiting(_("Months that can be locked"), count, f"{reverse('months:month-list')}?tab=lock")


CARD = Card(
    clauses=("6.2.1 j",),
    menu=(Entry(gettext_lazy("Reports"), gettext_lazy("Months"), "months:month-list", "lock", 20, key="o"),),
    acts={"locked": pgettext_lazy("act", "locked")},
    permissions={"members.lock_months": gettext_lazy("Locks months")},
    desk=months_to_lock,
    evidence={"6.2.1 j": months_locked},
)
