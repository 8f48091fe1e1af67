"""Tell those whom a case concerns, and remind of its clocks; a duty calls `remind` from its own reminder."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from fsul_portal.cases.models import Case
from fsul_portal.grammar.things import kind_of
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.users import User

# Its name, the day on which it runs out, and what is said then.
Clock = tuple[str, date | None, Callable[[], str]]


def tell_opened(case: Case) -> list[Notice]:
    return _tell(case, case.people_in("keeper"), f"opened-{case.version}", lambda: _("To be sorted: %(case)s"))


def tell_assigned(case: Case) -> list[Notice]:
    return _tell(
        case, [case.assignee] if case.assignee else [], f"assigned-{case.version}", lambda: _("In your hands: %(case)s")
    )


def tell_drawn_in(case: Case, people: Iterable[User]) -> list[Notice]:
    return _tell(case, people, "drawn-in", lambda: _("Your help is asked for: %(case)s"))


def tell_solved(case: Case) -> list[Notice]:
    """Tell whoever raised it, and the keepers, who review it."""
    people = [person for person in [case.started_by, *case.people_in("keeper")] if person]
    return _tell(case, people, f"solved-{case.version}", lambda: _("Solved: %(case)s"))


def tell_sent_back(case: Case, note: str) -> list[Notice]:
    people = [case.assignee] if case.assignee else case.people_in("keeper")
    return _tell(case, people, f"back-{case.version}", lambda: _("Not solved yet: %(case)s"), note)


def remind(model: type[Case], day: date) -> list[Notice]:
    """Tell of clocks that have run out, and of cases that stand still; each clock once."""
    standing = model.objects.exclude(state=model.State.CLOSED).select_related("assignee", "started_by")
    return [notice for case in standing.order_by("pk") for notice in _told(case, day)]


def _told(case: Case, day: date) -> list[Notice]:
    told = []
    for key, due, subject in _clocks(case):
        if due and due <= day:
            told += _tell(case, _whom(case), f"{key}-{due}", subject, due=due)
    if case.state in (case.State.OPEN, case.State.ASSIGNED) and case.days_without_progress(day) >= case.PATIENCE:
        told += _tell(case, _whom(case), f"still-{case.moved_on}", lambda: _("Nothing has happened: %(case)s"))
    return told


def _clocks(case: Case) -> list[Clock]:
    """Return the clocks that are running, with their days and what is said when they have run out."""
    state = case.State
    running: dict[str, list[Clock]] = {
        state.OPEN: [("answer", case.answer_due_on, lambda: _("An answer is due: %(case)s"))],
        state.SOLVED: [("review", case.review_due_on, lambda: _("The solution is to be reviewed: %(case)s"))],
    }
    solution = ("solution", case.solution_due_on, lambda: _("A solution is due: %(case)s"))
    return running.get(case.state, []) + ([solution] if case.state in (state.OPEN, state.ASSIGNED) else [])


def _whom(case: Case) -> list[User]:
    return [*([case.assignee] if case.assignee else []), *case.people_in("keeper")]


def _tell(
    case: Case,
    people: Iterable[User],
    key: str,
    subject: Callable[[], str],
    note: str = "",
    due: date | None = None,
) -> list[Notice]:
    """Tell people of a case; due: the day of the clock that it is about, the solution's unless said otherwise."""
    day = due or case.solution_due_on
    return tell(
        people,
        key=f"{kind_of(case)}:{case.pk}:{key}",
        subject=lambda: subject() % {"case": case},
        body=lambda: "\n".join(filter(None, [_("Due on: %(day)s") % {"day": in_words(day)}, note])),
        link=case.get_absolute_url(),
    )
