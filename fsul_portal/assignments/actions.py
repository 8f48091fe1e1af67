"""Give tasks, do them, check them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.access.deputies.actions import left_behind
from fsul_portal.assignments import letters
from fsul_portal.assignments.checklists import Checklist
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.rules import CHECKED, DONE, OPEN, WITHDRAWN, may_check, may_do, may_withdraw
from fsul_portal.calendar import add_working_days
from fsul_portal.files.models import Attachment
from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Words
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require

DAYS = 5
HANDED = ["person", "checker"]
NOTE, FILE = Assignment.Evidence.NOTE, Assignment.Evidence.FILE


@transaction.atomic
def assign(
    title: Words,
    *,
    thing: Model,
    by: User,
    to: User | None = None,
    permission: str = "",
    place: Model | None = None,
    days: int = DAYS,
    text: Words = "",
    helpers: str = "",
    evidence: str = "nothing",
    checker: User | None = None,
) -> Assignment:
    """Give a task for a record to a person, or to whoever holds the permission on the place, and tell them.

    days: working days from today. helpers: who helps, in words. checker: who looks at it when it is done; nobody has
    to without one. Whoever calls this has asked a rule of its own whether `by` may.
    """
    given = Assignment.objects.create(
        thing=thing,
        title=clean(str(title))[:200],
        text=clean(str(text)),
        helpers=clean(helpers),
        person=to,
        permission=permission,
        place=place,
        evidence=evidence,
        checker=checker,
        due_on=add_working_days(timezone.localdate(), days).day,
        assigned_by=by,
    )
    record(thing, "assigned", by=by, after={"task": given.title, "due_on": given.due_on})
    letters.tell_assigned(given)
    return given


@transaction.atomic
def assign_all(
    checklist: Checklist,
    *,
    thing: Model,
    by: User,
    to: User | None = None,
    place: Model | None = None,
    checker: User | None = None,
) -> list[Assignment]:
    """Give every task of a checklist: those that name a seat to its holders on the place, the others to the person."""
    return [
        assign(
            item.title,
            thing=thing,
            by=by,
            to=None if item.permission else to,
            permission=item.permission,
            place=place if item.permission else None,
            days=item.days,
            text=item.text,
            evidence=item.evidence,
            checker=checker,
        )
        for item in checklist.items
    ]


@transaction.atomic
def mark_done(assignment: Assignment, *, by: User, note: str = "") -> Assignment:
    """Say that it is done, with the evidence that was asked for."""
    assignment = _lock(assignment)
    require(may_do(by, assignment))
    _require_evidence(assignment, note)
    assignment.done_at, assignment.done_by, assignment.done_note = timezone.now(), by, note
    _keep(assignment, DONE, by, note, "done_at", "done_by", "done_note")
    letters.tell_done(assignment)
    return assignment


@transaction.atomic
def check(assignment: Assignment, *, by: User, note: str = "") -> Assignment:
    """Agree that it is done."""
    assignment = _lock(assignment)
    require(may_check(by, assignment))
    assignment.checked_at, assignment.checked_by = timezone.now(), by
    return _keep(assignment, CHECKED, by, note, "checked_at", "checked_by")


@transaction.atomic
def send_back(assignment: Assignment, *, by: User, note: str) -> Assignment:
    """Open it again, with what is missing; its due day stays."""
    assignment = _lock(assignment)
    require(may_check(by, assignment))
    whose = assignment.done_by
    assignment.done_at = assignment.done_by = None
    _keep(assignment, OPEN, by, note, "done_at", "done_by")
    letters.tell_sent_back(assignment, whose, note)
    return assignment


@transaction.atomic
def withdraw(assignment: Assignment, *, by: User, note: str = "") -> Assignment:
    """Take an open task back."""
    assignment = _lock(assignment)
    require(may_withdraw(by, assignment))
    assignment.withdrawn_at, assignment.withdrawn_by = timezone.now(), by
    return _keep(assignment, WITHDRAWN, by, note, "withdrawn_at", "withdrawn_by")


@left_behind
def hand_over_tasks(leaver: User, successor: User, by: User) -> int:
    """Give a successor the tasks that are the leaver's to do or to check; those of a seat follow its roles."""
    rows = Assignment.objects.select_for_update(of=("self",)).left_by(leaver).order_by("pk")
    tasks = list(rows.select_related("assigned_by", "checker"))
    for task in tasks:
        told, had = {field: str(getattr(task, field) or "") for field in HANDED}, (task.person, task.checker)
        if task.state == OPEN and task.person_id == leaver.pk:
            task.person = successor
        if leaver.pk == task.checker_id or (task.checker_id and task.checker_id == task.person_id):
            task.checker = _checker_after(task, leaver, successor, by)
        task.save(update_fields=HANDED)
        after = {field: str(getattr(task, field) or "") for field in HANDED}
        record(task, "handed over", by=by, before=told, after=after)
        now = (task.person, task.checker)
        letters.tell_handed_over(task, [one for one, before in zip(now, had, strict=True) if one and one != before])
    return len(tasks)


def _checker_after(task: Assignment, leaver: User, successor: User, by: User) -> User:
    """Return who checks from now on; nobody is left to check what he does himself, and nobody who has left checks."""
    doing = {task.done_by_id or task.person_id, leaver.pk}
    people = [person for person in (successor, task.assigned_by, by) if person and person.is_active]
    return next(person for person in people if person.pk not in doing)


def _lock(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)


def _require_evidence(assignment: Assignment, note: str) -> None:
    if assignment.evidence == NOTE and not note.strip():
        raise ValidationError(_("Say in a note what was done."))
    if assignment.evidence == FILE and not Attachment.objects.of(assignment).standing().exists():
        raise ValidationError(_("Attach the file that shows it first."))


def _keep(assignment: Assignment, state: str, by: User, note: str, *fields: str) -> Assignment:
    before = assignment.state
    assignment.become(state)
    assignment.save(update_fields=["state", *fields])
    record(assignment, f"task {state}", by=by, before={"state": before}, after={"state": str(state)}, note=note)
    return assignment
