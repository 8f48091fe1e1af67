"""Remind of figures that were reopened (6.2.1 j)."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder, step_due
from reports.corrections.models import Correction
from reports.corrections.wording.letters import remind_of

# Days before the day that was set; then once after it, to the office as well.
BEFORE = (2, 0, -2)


@reminder("6.2.1 j")
def reopened_figures(day: date) -> Iterable[Notice]:
    """Remind those who are asked for a correction, until they have handed it in."""
    waiting = Correction.objects.filter(state__in=[Correction.State.DRAFT, Correction.State.RETURNED])
    notices: list[Notice] = []
    for slip in waiting.filter(opened_at__isnull=False).named():
        until, since = slip.due_on, timezone.localdate(slip.opened_at)
        step = step_due(until, BEFORE, day, since=since) if until else None
        if step is not None:
            notices += remind_of(slip, step)
    return notices
