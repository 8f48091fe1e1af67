"""Build reports in the background (6.2.1 j)."""

from fsul_portal.runs.tasks import recorded
from reports.editions.actions import TASK, build_by_run


@recorded(TASK)
def build_edition(claim):
    build_by_run(claim)
