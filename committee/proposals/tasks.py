"""Look every night for what a meeting should talk about (6.2.1 b)."""

from celery import shared_task

from committee.proposals.suggestions import gather


@shared_task(name="proposals.gather")
def gather_for_the_agenda() -> int:
    """Write down as proposals what the rooms have found, and return how many are new; a second run finds none."""
    return len(gather())
