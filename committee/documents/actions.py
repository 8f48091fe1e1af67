"""Enter the decision on a document of the committee (6.1 a, 6.1 b)."""

from datetime import date
from typing import TypeVar

from django.db import transaction

from committee.decisions.grounds.actions import grounded, rest
from committee.decisions.models import Decision
from committee.documents.models import CommitteePaper
from fsul_portal.lives.actions import claim
from fsul_portal.papers import actions
from fsul_portal.papers.rules import may_enter_decision
from fsul_portal.users import User

Kept = TypeVar("Kept", bound=CommitteePaper)


@transaction.atomic
def enter_decision(
    paper: Kept,
    *,
    by: User,
    decision: Decision | None = None,
    number: str = "",
    day: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Kept:
    """Let a document rest on a decision of the register, or on an older one that is typed (6.1 a, 6.1 b)."""
    paper = claim(paper, may_enter_decision, by=by, version=version)
    ground = grounded(decision, number, day)
    paper = actions.enter_decision(paper, by=by, number=ground.number, day=ground.day, note=note)
    rest(paper, ground)
    return paper
