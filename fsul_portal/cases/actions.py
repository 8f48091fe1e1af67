"""Take a case from the day it was raised to the day it is closed, and open it again."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.assignments.actions import DAYS, assign
from fsul_portal.assignments.models import Assignment
from fsul_portal.cases import letters, rules
from fsul_portal.cases.models import Case
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.lives.rules import sits
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require

Kept = TypeVar("Kept", bound=Case)


@transaction.atomic
def open_case(case: Kept, *, by: User, token: str = "") -> Kept:
    """Raise a case; its clocks begin."""
    require(rules.may_open(by, case))
    for field, value in _clocks(case).items():
        setattr(case, field, value)
    opened = begin(case, "case opened", by=by, token=token)
    # The same form sent once more finds the case of before, of which everybody was told.
    if opened is case:
        letters.tell_opened(case)
    return opened


@transaction.atomic
def give_to(case: Kept, *, to: User, by: User, version: int | None = None, note: str = "") -> Kept:
    """Give it to whoever is to solve it, or to somebody else."""
    case = claim(case, rules.may_assign, by=by, version=version)
    if not sits(to, case, "worker"):
        raise Unready([Fault("to", _("%(person)s does not work on such cases.") % {"person": to})])
    case = _go(case, "case assigned", to=case.State.ASSIGNED, pair="assigned", by=by, note=note, assignee=to)
    letters.tell_assigned(case)
    return case


@transaction.atomic
def report_progress(case: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Say how it stands."""
    return _go(claim(case, rules.may_progress, by=by, version=version), "case progress", by=by, note=note)


@transaction.atomic
def draw_in(case: Kept, *, people: Iterable[User], by: User, version: int | None = None) -> Kept:
    """Let others take part."""
    case, people = claim(case, rules.may_progress, by=by, version=version), list(people)
    case.people.add(*people)
    names = ", ".join(str(person) for person in people)
    letters.tell_drawn_in(case, people)
    return step(case, "case drawn in", by=by, note=names)


@transaction.atomic
def give_step(case: Case, *, title: str, to: User, by: User, days: int = DAYS, evidence: str = "nothing") -> Assignment:
    """Give somebody a part of it as a task; the case is not solved before it is done."""
    case = claim(case, rules.may_progress, by=by)
    checker = _checker_of(case, to, by)
    given = assign(title, thing=case, by=by, to=to, days=days, evidence=evidence, checker=checker)
    case.people.add(to)
    _go(case, "case step given", by=by, note=given.title)
    return given


@transaction.atomic
def solve(case: Kept, *, by: User, solution: str, cause: str = "", version: int | None = None, note: str = "") -> Kept:
    """Say how it was solved, late or not."""
    case = claim(case, rules.may_solve, by=by, version=version)
    facts = {"solution": solution, "cause": cause, "review_due_on": case.due("review").day}
    case = _go(case, "case solved", to=case.State.SOLVED, pair="solved", by=by, note=note, **facts)
    letters.tell_solved(case)
    return case


@transaction.atomic
def review(case: Kept, *, by: User, finding: str, version: int | None = None, note: str = "") -> Kept:
    """Agree with the solution, with what is to be learnt of it."""
    case = claim(case, rules.may_review, by=by, version=version)
    return _go(case, "case reviewed", to=case.State.REVIEWED, pair="reviewed", by=by, note=note, review=finding)


@transaction.atomic
def send_back(case: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Say what is missing; whoever it is assigned to goes on, and its day stays."""
    case = claim(case, rules.may_send_back, by=by, version=version)
    case = _go(case, "case sent back", to=case.State.ASSIGNED, by=by, note=note, **_unsolved())
    letters.tell_sent_back(case, note)
    return case


@transaction.atomic
def close(case: Kept, *, by: User, note: str = "", version: int | None = None) -> Kept:
    """Close it."""
    case = claim(case, rules.may_close, by=by, version=version)
    return _go(case, "case closed", to=case.State.CLOSED, pair="closed", by=by, note=note)


@transaction.atomic
def reopen(case: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Open it again, as it turned out not to be over; its clocks begin anew."""
    case = claim(case, rules.may_reopen, by=by, version=version)
    anew = {"closed_at": None, "closed_by": None} | _unsolved() | _clocks(case)
    case = _go(case, "case reopened", to=case.State.OPEN, by=by, note=note, **anew)
    letters.tell_opened(case)
    return case


def _checker_of(case: Case, doer: User, by: User) -> User | None:
    """Return who looks at a step: whoever solves the case, else whoever gave it, and never whoever does it."""
    return next((person for person in (case.assignee, by) if case.assignee and person and person != doer), None)


def _go(case: Kept, verb: str, **facts: Any) -> Kept:
    """Take a step that counts as progress."""
    return step(case, verb, moved_on=timezone.localdate(), **facts)


def _clocks(case: Case) -> dict[str, date | bool]:
    answer, solution = case.due("answer"), case.due("solution")
    known = answer.known and solution.known
    return {"answer_due_on": answer.day, "solution_due_on": solution.day, "due_is_known": known}


def _unsolved() -> dict[str, None]:
    pairs = [f"{verb}_{end}" for verb in ("solved", "reviewed") for end in ("at", "by")]
    return dict.fromkeys([*pairs, "review_due_on"])
