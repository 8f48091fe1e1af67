"""Keep the scores of the last months up to date by the clock (6.2.1 j)."""

from celery import shared_task
from django.utils import timezone

from members.returns.checks.scores.actions import follow


@shared_task(name="scores.follow")
def follow_returns() -> None:
    """Score what has changed since the last time; it may be done again."""
    follow(timezone.now())
