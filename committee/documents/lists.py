"""Say what the lists of the committee's documents share: columns, tabs, the day in force (6.1 a, 6.1 b)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import DateFilter

from committee.decisions.grounds.actions import with_ground
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.papers.detail import beside
from fsul_portal.papers.models import Paper
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.filters import Narrowing
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register

TITLE = Column("title", gettext_lazy("Title"), sort="title", is_name=True)
NUMBER = Column("number", gettext_lazy("Number"), sort="number")
IN_FORCE_ON = Column("in_force_on", gettext_lazy("In force from"), sort="in_force_on")
ENDED_ON = Column("ended_on", gettext_lazy("No longer in force from"), sort="ended_on")
REVIEW = Column("review_due_on", gettext_lazy("Next review"), sort="review_due_on")
STATE = Column("state", gettext_lazy("State"), sort="state", is_state=True)
CONSULTED = Column("consult_until", gettext_lazy("Opinions until"), sort="consult_until", is_shown=False)
REPLACES = Column("replaces", gettext_lazy("Replaces"))
MET_BY: tuple[Match, ...] = (
    "title",
    "number",
    chosen("state", lambda: Paper.State.choices),
    on_day("in_force_on"),
    on_day("ended_on"),
    on_day("review_due_on"),
    on_day("consult_until"),
)
DEEDS = {
    "paper proposed": Deed(tone="info", icon="flag"),
    "paper written": Deed(icon="edit"),
    "paper consulted": Deed(tone="info", icon="people"),
    "paper opinion": Deed(icon="edit"),
    "paper answered": Deed(icon="check"),
    "submitted": Deed(tone="info", icon="send"),
    "recalled": Deed(icon="left"),
    "agreed": Deed(tone="success", icon="stamp"),
    "returned": Deed(tone="warning", icon="left"),
    "refused": Deed(tone="danger", icon="close"),
    "withdrawn": Deed(icon="remove"),
    "paper issued": Deed(tone="success", icon="send"),
    "paper in force": Deed(tone="success", icon="shield"),
    "paper ends": Deed(icon="stop"),
    "paper stays": Deed(icon="refresh"),
    "paper replaced": Deed(icon="refresh"),
    "paper reviewed": Deed(tone="success", icon="eye"),
    "paper repealed": Deed(icon="stop"),
}


class InForceNarrowing(Narrowing):
    """Narrow a list of documents by the day on which they were in force."""

    on = DateFilter(
        label=gettext_lazy("In force on"),
        method="in_force_on",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def in_force_on(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.in_force(day)  # type: ignore[attr-defined]  # of the papers' own queryset
        return found


class CommitteePapers(Register):
    """The documents of one kind, the set in force first."""

    order = ("-in_force_on", "-started_at")
    deeds = DEEDS
    parts = ("attachments", "linked", "tasks")
    page_template = "papers/paper_page.html"

    def fetched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = with_ground(super().fetched(rows))
        return found

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows, today = self.rows(user), timezone.localdate()
        ahead = rows.filter(state__in=Paper.AHEAD)
        return [
            Tab("force", _("In force today"), lambda: rows.in_force(today), True, _("Nothing is in force today.")),
            Tab("ahead", _("Being prepared"), lambda: ahead, True, _("Nothing is being prepared.")),
            Tab("waiting", _("Waits for me"), lambda: rows.open_to(user), True, _("Nothing waits for you.")),
            Tab("all", _("All"), lambda: rows),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        return beside(thing) | {"shelf": shelf_of(thing, user)}
