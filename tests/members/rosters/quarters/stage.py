"""Bring the quarterly check of a unit into every situation."""

from django.utils import timezone

from members.libraries.models import Library
from members.rosters.quarters import actions
from members.rosters.quarters.models import RosterCheck
from members.rosters.quarters.register import ACTS

__all__ = ["ACTS"]

KEEPERS = {"office", "chair"}
RIGHTS = {
    "confirm": {*KEEPERS, "nanhai-reviewer"},
    "correct": {*KEEPERS, "nanhai-reviewer"},
    "settle": KEEPERS,
}


def ask(quarter, code="NH001"):
    unit = Library.objects.get(code=code)
    return RosterCheck.objects.create(unit=unit, quarter=quarter, due_on=timezone.localdate())


def things(cast):
    return {"rostercheck": ask("2025-Q1").pk}


def situations(cast):
    """Yield (situation, check) for each situation of a check."""
    reviewer = cast["nanhai-reviewer"]
    yield "asked", ask("2025-Q2")
    yield "confirmed", actions.confirm(ask("2025-Q3"), by=reviewer)
    yield "to be corrected", actions.correct(ask("2025-Q4"), by=reviewer, note="电话有误")
    yield "settled", actions.settle(actions.correct(ask("2026-Q1"), by=reviewer, note="换人"), by=cast["office"])
