"""Declare the list, the page and the acts of problems (6.1 f)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.decisions.about import decided_about
from committee.problems import actions
from committee.problems.forms import ProblemForm
from committee.problems.likeness import like
from committee.problems.models import FILES, KEEPS, Problem
from committee.proposals.about import proposing
from fsul_portal.access.rules import holds
from fsul_portal.acts.verbs import Acts
from fsul_portal.cases.verbs import verbs
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.libraries.finding.matches import of_library
from members.libraries.models import Library
from members.people.matches import of_person

ACTS = Acts("committee:problem", (*verbs(), proposing("6.1 f", Problem.State.OPEN, Problem.State.ASSIGNED)))


def may_raise(user: User) -> Verdict:
    """Whoever files for a library or a district, and the office (6.1 f)."""
    if holds(user, KEEPS) or Library.objects.in_hands_of(user, FILES).exists():
        return Allowed()
    return Denied(_("Problems are raised by the editors of libraries and districts, and by the coordination office."))


def library_of(problem: Problem) -> str:
    """Return the name of the library for which a problem was raised."""
    if problem.library is None:
        return _("the whole union")
    facts = problem.library.facts
    return facts.name if facts else problem.library.code


KIND = Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind")
LIBRARY = Column("library", gettext_lazy("Raised for"), library_of, sort="library__code")
ASSIGNEE = Column("assignee", gettext_lazy("In the hands of"), sort="assignee__name")
DUE = Column("solution_due_on", gettext_lazy("To be solved by"), sort="solution_due_on")


class Problems(Register):
    """The problems that are put to the committee, and what becomes of them (6.1 f)."""

    name, model, clause, icon, acts = "committee:problem", Problem, "6.1 f", "flag", ACTS
    title = gettext_lazy("Problems of the system")
    lead = gettext_lazy("What a library cannot settle alone: raised, sorted, solved, and closed by whoever raised it.")
    new_title = gettext_lazy("Raise a problem")
    created = gettext_lazy("The problem is raised; the coordination office sorts it.")
    empty = gettext_lazy("No problem has been raised.")
    columns = (
        Column("title", gettext_lazy("Title"), sort="title", is_name=True),
        KIND,
        LIBRARY,
        ASSIGNEE,
        DUE,
        Column("moved_on", gettext_lazy("Last progress"), sort="moved_on", is_shown=False),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        KIND,
        LIBRARY,
        Column("text", gettext_lazy("What has happened")),
        Column("demand", gettext_lazy("What is asked for")),
        ASSIGNEE,
        DUE,
        Column("cause", gettext_lazy("Cause")),
        Column("solution", gettext_lazy("Solution")),
        Column("review", gettext_lazy("Review")),
    )
    search: tuple[Match, ...] = (
        "title",
        "text",
        of_library("library"),
        of_person("assignee"),
        chosen("kind", lambda: Problem.Kind.choices),
        chosen("state", lambda: Problem.State.choices),
        on_day("solution_due_on"),
        on_day("moved_on"),
    )
    order, filters = ("-started_at",), ("kind", "state")
    deeds = {
        "case opened": Deed(tone="info", icon="flag"),
        "case assigned": Deed(icon="people"),
        "case progress": Deed(icon="edit"),
        "case solved": Deed(tone="success", icon="check"),
        "case reviewed": Deed(tone="success", icon="eye"),
        "case sent back": Deed(tone="warning", icon="left"),
        "case closed": Deed(icon="lock"),
        "case reopened": Deed(tone="warning", icon="refresh"),
    }
    parts = ("attachments", "linked", "remarks", "tasks")
    form, may_create, create = ProblemForm, staticmethod(may_raise), staticmethod(actions.raise_problem)
    page_template = "committee/problems/problem_page.html"

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("open", _("Not solved"), rows.unsolved, True, _("Every problem is solved.")),
            Tab("all", _("All"), lambda: rows),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        return {"alike": like(thing, user), "decided": decided_about(thing)}


PROBLEMS = Problems()
