"""Build reports in the background (6.2.1 j)."""

from celery import shared_task
from django.utils import timezone

from fsul_portal.runs.tasks import recorded
from reports.editions.actions import build_by_run
from reports.editions.english import build_english
from reports.editions.excerpts.actions import clear_old
from reports.editions.excerpts.actions import print_by_run as print_excerpt_by_run
from reports.editions.excerpts.models import EXCERPT_TASK
from reports.editions.models import ENGLISH_TASK, TASK, WRITE_TASK
from reports.editions.rewriting import write_by_run
from reports.editions.workshop.actions import clear_unused, print_by_run
from reports.editions.workshop.models import PART_TASK


@recorded(TASK)
def build_edition(claim):
    build_by_run(claim)


@recorded(ENGLISH_TASK)
def build_english_copy(claim):
    build_english(claim)


@recorded(WRITE_TASK)
def write_edition(claim):
    write_by_run(claim)


@recorded(PART_TASK)
def print_part(claim):
    print_by_run(claim)


@recorded(EXCERPT_TASK)
def print_excerpt(claim):
    print_excerpt_by_run(claim)


@shared_task(name="reports.clear")
def clear() -> None:
    """Drop what was printed long ago: excerpts, and parts that no report asks for (6.2.1 j)."""
    clear_old(timezone.now())
    clear_unused()
