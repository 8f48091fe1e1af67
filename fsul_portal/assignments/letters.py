"""Tell those whom a task concerns."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.assignments.models import Assignment
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User

TASK = kind("task", gettext_lazy("Tasks"))


def tell_assigned(assignment: Assignment) -> list[Notice]:
    return _tell(assignment, assignment.people(), "assigned", lambda: _("A task for you: %(task)s"))


def tell_done(assignment: Assignment) -> list[Notice]:
    """Tell the checker, if there is one."""
    people = [assignment.checker] if assignment.checker else []
    return _tell(assignment, people, f"done-{_turn(assignment)}", lambda: _("To check: %(task)s"))


def tell_sent_back(assignment: Assignment, whose: User | None, note: str) -> list[Notice]:
    people = [whose] if whose else assignment.people()
    return _tell(assignment, people, f"back-{_turn(assignment)}", lambda: _("To be done again: %(task)s"), note)


def tell_handed_over(assignment: Assignment, people: Iterable[User]) -> list[Notice]:
    """Tell those who have it to do, or to check, from now on."""
    return _tell(assignment, people, f"handed-{_turn(assignment)}", lambda: _("Handed over to you: %(task)s"))


def tell_due(assignment: Assignment) -> list[Notice]:
    return _tell(assignment, assignment.people(), "due", lambda: _("Due today: %(task)s"))


def tell_overdue(assignment: Assignment) -> list[Notice]:
    return _tell(assignment, assignment.people(), "overdue", lambda: _("Overdue: %(task)s"))


def tell_next_up(assignment: Assignment, people: Iterable[User]) -> list[Notice]:
    return _tell(assignment, people, "next-up", lambda: _("Overdue, and nobody has done it: %(task)s"))


def _tell(
    assignment: Assignment, people: Iterable[User], key: str, subject: Callable[[], str], note: str = ""
) -> list[Notice]:
    def body() -> str:
        facts = [
            _("For: %(thing)s") % {"thing": assignment.thing},
            _("Due on: %(day)s") % {"day": day(assignment.due_on)},
        ]
        if assignment.helpers:
            facts.append(_("Helped by: %(helpers)s") % {"helpers": assignment.helpers})
        return "\n".join(filter(None, [*facts, assignment.text, note]))

    return tell(
        people,
        key=f"{TASK}:{assignment.pk}:{key}",
        subject=lambda: subject() % {"task": assignment.title},
        body=body,
        link=assignment.get_absolute_url(),
    )


def _turn(assignment: Assignment) -> int:
    """Return what tells one time of doing it from the next."""
    return Record.objects.of(assignment).count()
