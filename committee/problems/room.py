"""The card of the problems of the system (6.1 f)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.problems.models import Problem
from committee.problems.register import PROBLEMS
from committee.proposals.suggestions import Suggestion
from fsul_portal.calendar import working_days_before
from fsul_portal.finding.hits import Find, Hit, hit_of
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry


def problems_settled(day: date) -> Evidence:
    """Say how many problems of the year are open, and how many of them stand still or are late (6.1 f)."""
    open_states = Q(state__in=[Problem.State.OPEN, Problem.State.ASSIGNED])
    still = working_days_before(day, Problem.PATIENCE).day
    counts = Problem.objects.filter(started_at__date__lte=day).aggregate(
        all=Count("pk", filter=Q(started_at__year=day.year) | open_states),
        open=Count("pk", filter=open_states),
        stuck=Count("pk", filter=open_states & (Q(moved_on__lt=still) | Q(state="open", answer_due_on__lt=day))),
    )
    if not counts["all"]:
        return NO_RECORD
    sentence = (
        _("%(all)s problems this year or open, %(open)s not solved, %(stuck)s in nobody's hands or without progress")
        % counts
    )
    standing = Standing.AT_RISK if counts["stuck"] else Standing.HELD
    return Evidence(standing, sentence, reverse("committee:problem-list"), counts["all"])


def problem_hit(problem: Problem, words: Sequence[str]) -> Hit:
    """Show a problem with how far it is."""
    return hit_of(problem, line=problem.get_state_display())


def problems_that_stand_still(day: date) -> Iterator[Suggestion]:
    """Propose the problems that nobody has brought forward for fifteen working days (6.1 f)."""
    still = working_days_before(day, Problem.PATIENCE).day
    open_ones = Problem.objects.filter(state__in=[Problem.State.OPEN, Problem.State.ASSIGNED], moved_on__lt=still)
    problem: Any
    for problem in open_ones.order_by("pk"):
        reason = "\n".join(filter(None, [problem.text, problem.demand]))
        yield Suggestion(problem, problem.title, reason, "6.1 f", turn=f"{problem.moved_on}")


CARD = Card(
    clauses=("6.1 f",),
    menu=(Entry(gettext_lazy("Committee"), gettext_lazy("Problems"), "committee:problem-list", "flag", 15),),
    evidence={"6.1 f": problems_settled},
    offers={"agenda": problems_that_stand_still},
    finds=(
        Find(
            Problem,
            PROBLEMS.search,
            "flag",
            shown=problem_hit,
            listed="committee:problem-list?tab=all&words=",
            sort=35,
        ),
    ),
)
