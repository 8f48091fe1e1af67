"""Remind by the clock: on the day, after it, and then the next person up.

A room says who that is for the tasks of its records: `@next_up("workgroups.filing")` on a function that takes the
task and returns people. Without one it is whoever gave the task.
"""

from collections.abc import Callable, Iterable
from datetime import date

from fsul_portal.assignments import letters
from fsul_portal.assignments.models import Assignment
from fsul_portal.calendar import working_days_between
from fsul_portal.grammar.things import kind_of
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.users import User

PATIENCE = 3  # working days after the due day
PeopleUp = Callable[[Assignment], Iterable[User | None]]
NEXT_UP: dict[str, PeopleUp] = {}


def next_up(kind: str) -> Callable[[PeopleUp], PeopleUp]:
    """Register who is told when a task of such a record stays undone."""

    def register(function: PeopleUp) -> PeopleUp:
        NEXT_UP[kind] = function
        return function

    return register


@reminder("5.2")
def remind_of_tasks(day: date) -> list[Notice]:
    """Tell those whose tasks are due or overdue, each once, and the next person up when nothing happens (5.2)."""
    late = Assignment.objects.filter(state=Assignment.State.OPEN, due_on__lte=day)
    rows = late.select_related("person", "assigned_by").with_things().prefetch_related("place")
    return [notice for assignment in rows for notice in _told(assignment, day)]


def _told(assignment: Assignment, day: date) -> list[Notice]:
    if assignment.due_on == day:
        return letters.tell_due(assignment)
    told = letters.tell_overdue(assignment)
    if working_days_between(assignment.due_on, day).days >= PATIENCE:
        told += letters.tell_next_up(assignment, _people_up(assignment))
    return told


def _people_up(assignment: Assignment) -> list[User]:
    ask = NEXT_UP.get(kind_of(assignment.thing)) if assignment.thing else None
    people = ask(assignment) if ask else [assignment.assigned_by]
    return [person for person in people if person]
