"""Declare the list of the quarterly checks, their pages and their acts (7.2)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import NoteForm, ReasonForm, VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from members.libraries.finding.matches import of_library
from members.people.matches import of_person
from members.rosters.files import number_of
from members.rosters.quarters import actions, rules
from members.rosters.quarters.models import RosterCheck
from members.rosters.rules import reads_openly

State = RosterCheck.State
LINES = "members/rosters/_lines.html"


class CorrectionForm(ReasonForm):
    def __init__(self, thing: RosterCheck, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        self.fields["note"].label = _("What has to be corrected")


ACTS = Acts(
    "members:rostercheck",
    (
        Verb(
            key="confirm",
            title=gettext_lazy("Everything is right"),
            meaning=gettext_lazy("The people of the unit, their posts and how they are reached are right."),
            done=gettext_lazy("Thank you: the unit is confirmed for this quarter."),
            icon="check",
            tone="primary",
            rule=rules.may_answer,
            act=actions.confirm,
            form=VersionForm,
            effect=lambda check: _("%(count)s people are confirmed.") % {"count": len(check.lines())},
            way_back=gettext_lazy("Tell the coordination office of a mistake; it changes the rosters."),
            offered=in_states(State.ASKED),
        ),
        Verb(
            key="correct",
            title=gettext_lazy("Something is wrong"),
            meaning=gettext_lazy("Say who has left or come, or which number is wrong."),
            done=gettext_lazy("The correction is handed to the coordination office."),
            icon="edit",
            rule=rules.may_answer,
            act=actions.correct,
            form=CorrectionForm,
            effect=lambda check: _("The coordination office puts it right and writes the next edition."),
            way_back=gettext_lazy("The coordination office settles it."),
            offered=in_states(State.ASKED),
        ),
        Verb(
            key="settle",
            title=gettext_lazy("Is put right"),
            meaning=gettext_lazy("What the unit has corrected stands in the rosters now."),
            done=gettext_lazy("The check is settled."),
            icon="check",
            tone="primary",
            rule=rules.may_settle,
            act=actions.settle,
            form=NoteForm,
            effect=lambda check: _("The unit counts as confirmed for this quarter."),
            way_back=CANNOT_BE_UNDONE,
            offered=in_states(State.CORRECTED),
        ),
    ),
)


class RosterChecks(Register):
    """What each unit was asked each quarter, and what it answered (7.2)."""

    name, model, clause, icon, acts = "members:rostercheck", RosterCheck, "7.2", "check", ACTS
    title = gettext_lazy("Quarterly checks of the rosters")
    lead = gettext_lazy("Each quarter every unit with people on a roster says whether they are right.")
    empty = gettext_lazy("No unit has been asked yet; the first day of the next quarter asks them.")
    above = (gettext_lazy("Rosters"), "members:roster-list")
    columns = (
        Column("unit", gettext_lazy("Unit"), "unit.facts.name", sort="unit__code", is_name=True),
        Column("quarter", gettext_lazy("Quarter"), sort="quarter"),
        Column("due_on", gettext_lazy("Due on"), sort="due_on"),
        Column("answered_at", gettext_lazy("Answered at"), sort="answered_at"),
        Column("answered_by", gettext_lazy("Answered by"), sort="answered_by__name"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = (*columns[:5], Column("correction", gettext_lazy("What has to be corrected")))
    search: tuple[Match, ...] = (
        of_library("unit"),
        "quarter",
        chosen("state", lambda: State.choices),
        on_day("due_on"),
        on_day("answered_at", moment=True),
        of_person("answered_by"),
    )
    order, filters = ("-quarter", "unit__code"), ("state",)
    deeds = {
        "unit asked": Deed(icon="send"),
        "roster confirmed": Deed(tone="success", icon="check"),
        "roster to be corrected": Deed(tone="warning", icon="edit"),
        "roster settled": Deed(tone="success", icon="check"),
    }
    may_read = staticmethod(rules.may_read_checks)
    page_template = "members/rosters/check_page.html"

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("open", _("Not answered"), rows.unanswered, True, _("Every unit has answered.")),
            Tab("all", _("All"), lambda: rows),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        lines = thing.lines()
        openly = reads_openly(user, lines)
        return {"lines": [(line, number_of(line, openly)) for line in lines]}


CHECKS = RosterChecks()
