"""Follow the registry, fold the rows and look after the sums by the clock (6.2.1 j)."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from members.periods.models import Period
from members.returns.rollup.actions import fold, mend, settle, to_fold
from members.returns.rollup.awaited import count_awaited

logger = logging.getLogger(__name__)

# What the registry says is recorded before it is committed: a mark at this distance has passed nobody.
BEHIND = timedelta(minutes=15)


@shared_task(name="rollup.settle")
def follow() -> None:
    """Move the mark of the registry on, count who is expected, and put rows together; each may be done again."""
    settle(timezone.now() - BEHIND)
    count_awaited()
    for period in to_fold():
        fold(period)


@shared_task(name="rollup.mend")
def look_after() -> None:
    """Hold the sums of what is open against the returns; a difference is mended, and is an error of ours."""
    for period in Period.objects.filter(locked_at__isnull=True):
        lacking = mend(period)
        if lacking:
            logger.error("%s sums of %s did not follow from the returns; they were mended.", lacking, period.code)
