"""Take a key project from the proposal to its acceptance, and tell each month how it stands (6.1 c, 6.2.1 f)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.decisions.grounds.actions import grounded, rest
from committee.decisions.models import Decision
from committee.projects import rules
from committee.projects.models import PROJECTS, Milestone, Project, Risk
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.numbers.actions import take
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require
from members.periods.models import PERIOD_CODE


@transaction.atomic
def propose_project(*, by: User, token: str = "", **facts: Any) -> Project:
    """Put a project forward; the committee decides on it."""
    require(rules.may_propose(by))
    return begin(Project(**facts), "project proposed", by=by, token=token)


@transaction.atomic
def decide(
    project: Project,
    *,
    by: User,
    decision: Decision | None = None,
    number: str = "",
    day: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Project:
    """Enter the decision by which it is taken up; it gets its number (6.1 c)."""
    project = claim(project, rules.may_decide, by=by, version=version)
    ground = grounded(decision, number, day)
    facts: dict[str, Any] = {"decision": ground.number, "decided_on": ground.day}
    facts["number"] = take(PROJECTS, timezone.localdate().year).text
    project = step(project, "project decided", to=project.State.DECIDED, pair="decided", by=by, note=note, **facts)
    rest(project, ground)
    return project


@transaction.atomic
def drop(project: Project, *, by: User, note: str, version: int | None = None) -> Project:
    """Put a proposal away that is not taken up."""
    project = claim(project, rules.may_drop, by=by, version=version)
    return step(project, "project dropped", to=project.State.DROPPED, by=by, note=note)


@transaction.atomic
def begin_project(project: Project, *, by: User, version: int | None = None, note: str = "") -> Project:
    """Let it begin today."""
    project = claim(project, rules.may_begin, by=by, version=version)
    today = timezone.localdate()
    return step(project, "project begun", to=project.State.UNDER_WAY, by=by, note=note, began_on=today)


@transaction.atomic
def add_milestone(
    project: Project, *, by: User, title: str, due_on: date, version: int | None = None, note: str = ""
) -> Project:
    """Say what is to be reached by which day."""
    project = claim(project, rules.may_plan, by=by, version=version)
    if not project.starts_on <= due_on <= project.ends_on:
        raise Unready([Fault("due_on", _("This day does not lie within the project."))])
    project.milestones.create(title=title, due_on=due_on, first_due_on=due_on)
    return step(project, "milestone added", by=by, note=_joined(title, note))


@transaction.atomic
def move_milestone(
    project: Project,
    *,
    by: User,
    milestone: int,
    due_on: date,
    decision: Decision | None = None,
    number: str = "",
    day: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Project:
    """Move a milestone by a decision of the committee; its first day stays beside it (6.1 c)."""
    project = claim(project, rules.may_move, by=by, version=version)
    found = _open_milestone(project, milestone)
    if due_on <= timezone.localdate():
        raise Unready([Fault("due_on", _("The new day lies ahead."))])
    ground = grounded(decision, number, day)
    found.due_on, found.decision = due_on, ground.number
    found.save(update_fields=["due_on", "decision"])
    ends: dict[str, Any] = {"ends_on": due_on} if due_on > project.ends_on else {}
    told = _joined(f"{found.title} → {due_on}", ground.number, note)
    project = step(project, "milestone moved", by=by, note=told, **ends)
    rest(project, ground)
    return project


@transaction.atomic
def reach_milestone(
    project: Project,
    *,
    by: User,
    milestone: int,
    done_on: date,
    evidence: str,
    version: int | None = None,
    note: str = "",
) -> Project:
    """Say that a milestone is reached, and what shows it."""
    project = claim(project, rules.may_reach, by=by, version=version)
    found = _open_milestone(project, milestone)
    if done_on > timezone.localdate():
        raise Unready([Fault("done_on", _("This day is still to come."))])
    found.done_on, found.evidence = done_on, evidence
    found.save(update_fields=["done_on", "evidence"])
    return step(project, "milestone reached", by=by, note=_joined(found.title, note))


@transaction.atomic
def add_risk(
    project: Project, *, by: User, text: str, level: str, measure: str = "", version: int | None = None, note: str = ""
) -> Project:
    """Say what may go wrong, and what is done against it."""
    project = claim(project, rules.may_plan, by=by, version=version)
    if level == Risk.Level.HIGH and not measure.strip():
        raise Unready([Fault("measure", _("Say what is done against a high risk."))])
    project.risks.create(text=text, level=level, measure=measure)
    return step(project, "risk added", by=by, note=_joined(text, note))


@transaction.atomic
def close_risk(project: Project, *, by: User, risk: int, version: int | None = None, note: str = "") -> Project:
    """Say that a risk is gone."""
    project = claim(project, rules.may_close_risk, by=by, version=version)
    found = project.risks.filter(pk=risk, closed_on__isnull=True).first()
    if found is None:
        raise Unready([Fault("risk", _("There is no such open risk here."))])
    found.closed_on = timezone.localdate()
    found.save(update_fields=["closed_on"])
    return step(project, "risk closed", by=by, note=_joined(found.text, note))


@transaction.atomic
def update(
    project: Project,
    *,
    by: User,
    month: str,
    progress: int,
    done: str,
    ahead: str = "",
    spent: Decimal | None = None,
    version: int | None = None,
    note: str = "",
) -> Project:
    """Say how it stands in a month; said once more, it corrects what stands there (6.2.1 f)."""
    project = claim(project, rules.may_update, by=by, version=version)
    today = timezone.localdate()
    if len(month) != len("2026-01") or not PERIOD_CODE.match(month) or month > f"{today:%Y-%m}":
        raise Unready([Fault("month", _("This is no month that has begun."))])
    facts = {"progress": progress, "done": done, "ahead": ahead, "spent": spent}
    facts |= {"given_at": timezone.now(), "given_by": by}
    project.updates.update_or_create(month=month, defaults=facts)
    return step(project, "project updated", by=by, note=_joined(f"{month} {progress}%", note))


@transaction.atomic
def accept(project: Project, *, by: User, outcome: str, version: int | None = None, note: str = "") -> Project:
    """Accept what was done (6.1 c)."""
    project = claim(project, rules.may_accept, by=by, version=version)
    return step(
        project, "project accepted", to=project.State.ACCEPTED, pair="finished", by=by, note=note, outcome=outcome
    )


@transaction.atomic
def end(project: Project, *, by: User, note: str, version: int | None = None) -> Project:
    """End it early, with the reason (6.1 c)."""
    project = claim(project, rules.may_end, by=by, version=version)
    return step(project, "project ended", to=project.State.ENDED, pair="finished", by=by, note=note, outcome=note)


def _open_milestone(project: Project, key: int) -> Milestone:
    found = project.milestones.filter(pk=key, done_on__isnull=True).first()
    if found is None:
        raise Unready([Fault("milestone", _("There is no such open milestone here."))])
    return found


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
