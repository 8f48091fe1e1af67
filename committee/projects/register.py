"""Declare the list and the page of key projects (6.1 c, 6.2.1 f)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.decisions.grounds.actions import with_ground
from committee.decisions.grounds.columns import GROUND
from committee.projects import actions, rules
from committee.projects.forms import ProjectForm
from committee.projects.gantt import gantt_of
from committee.projects.lights import light_of, of_light
from committee.projects.models import Project
from committee.projects.verbs import ACTS
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from members.libraries.finding.matches import of_library
from members.people.matches import of_person

MOST_UPDATES = 24


def lead_of(project: Project) -> str:
    """Return the name of the unit that leads a project."""
    facts = project.lead.facts
    return str(facts.name if facts else project.lead.code)


def light_today(project: Project) -> str:
    """Return the light of today; nothing for what is over or only proposed."""
    return light_of(project, timezone.localdate()) or ""


LEAD = Column("lead", gettext_lazy("Leading unit"), lead_of, sort="lead__code")
MANAGER = Column("manager", gettext_lazy("Responsible"), sort="manager__name")
SCOPE = Column("scope", gettext_lazy("Scope"), "get_scope_display", sort="scope")
STARTS = Column("starts_on", pgettext_lazy("project", "Begins on"), sort="starts_on", is_shown=False)
ENDS = Column("ends_on", pgettext_lazy("project", "Ends on"), sort="ends_on")
NUMBER = Column("number", gettext_lazy("Number"), sort="number")


class Projects(Register):
    """The key projects of city and districts, those under way first (6.1 c, 6.2.1 f)."""

    name, model, clause, icon, acts = "committee:project", Project, "6.1 c", "flag", ACTS
    title = gettext_lazy("Key projects")
    lead = gettext_lazy("Decided by the committee, followed up month by month, red, yellow or green by a stated rule.")
    new_title = gettext_lazy("Propose a project")
    created = gettext_lazy("The project is proposed; add its milestones.")
    empty = gettext_lazy("No key project is recorded yet.")
    columns = (
        Column("title", gettext_lazy("Title"), sort="title", is_name=True),
        NUMBER,
        LEAD,
        MANAGER,
        STARTS,
        ENDS,
        Column("progress", gettext_lazy("Progress in per cent"), is_number=True, is_shown=False),
        Column("light", gettext_lazy("Light"), light_today, cell="committee/projects/_light.html"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (
        NUMBER,
        SCOPE,
        Column("aim", gettext_lazy("Aim")),
        LEAD,
        Column("units", gettext_lazy("Other units")),
        MANAGER,
        Column("budget", gettext_lazy("Budget in ten thousand yuan")),
        Column("starts_on", pgettext_lazy("project", "Begins on")),
        ENDS,
        GROUND,
        Column("outcome", pgettext_lazy("project", "Outcome")),
    )
    search: tuple[Match, ...] = (
        "title",
        "number",
        "units",
        "decision",
        of_light,
        of_library("lead"),
        of_person("manager"),
        chosen("state", lambda: Project.State.choices),
        chosen("scope", lambda: Project.Scope.choices),
        on_day("starts_on"),
        on_day("ends_on"),
    )
    order, filters = ("ends_on",), ("scope", "state")
    deeds = {
        "project proposed": Deed(tone="info", icon="flag"),
        "project decided": Deed(tone="success", icon="stamp"),
        "project dropped": Deed(icon="remove"),
        "project begun": Deed(tone="info", icon="play"),
        "milestone added": Deed(icon="flag"),
        "milestone moved": Deed(tone="warning", icon="calendar"),
        "milestone reached": Deed(tone="success", icon="check"),
        "risk added": Deed(tone="warning", icon="warning"),
        "risk closed": Deed(icon="shield"),
        "project updated": Deed(icon="edit"),
        "project accepted": Deed(tone="success", icon="check"),
        "project ended": Deed(tone="danger", icon="stop"),
    }
    parts = ("attachments", "linked", "remarks")
    form = ProjectForm
    may_create, create = staticmethod(rules.may_propose), staticmethod(actions.propose_project)
    list_template, page_template = "committee/projects/project_list.html", "committee/projects/project_page.html"

    def fetched(self, rows: Any) -> Any:
        return with_ground(super().fetched(rows))

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        ahead = rows.filter(state__in=[Project.State.PROPOSED, Project.State.DECIDED])
        late = rows.shown_in_time().filter(
            milestones__done_on__isnull=True, milestones__due_on__lt=timezone.localdate()
        )
        return [
            Tab("running", _("Under way"), rows.under_way, True, _("No project is under way.")),
            Tab("late", _("Milestone overdue"), lambda: late.distinct(), True, _("No milestone is overdue.")),
            Tab("ahead", _("Proposed or decided on"), lambda: ahead, True, _("No project is proposed.")),
            Tab("all", _("All"), lambda: rows),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "light": light_of(thing, today),
            "milestones": [(one, one.is_overdue(today)) for one in thing.milestones.all()],
            "risks": list(thing.risks.all()),
            "updates": list(reversed(thing.updates.all()))[:MOST_UPDATES],
            "gantt": gantt_of([thing], today),
        }


PROJECTS = Projects()
