"""Declare the list and the page of correction slips (6.2.1 j)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter

from fsul_portal.finding.hits import Hit, hit_of, joined
from fsul_portal.finding.matches import Match, chosen, of_month, on_day
from fsul_portal.finding.matches import said as said_of
from fsul_portal.records.course import Deed, Told, course_of
from fsul_portal.records.models import Record
from fsul_portal.registers.columns import Column
from fsul_portal.registers.filters import Narrowing
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from fsul_portal.templatetags.figures import period
from fsul_portal.users import User
from members.indicators.words import titles_by_code
from members.libraries.finding.matches import of_library
from members.people.matches import of_person
from members.returns.intake.columns import shown_figure
from reports.corrections.models import Correction
from reports.corrections.rules import may_begin, may_edit, may_look
from reports.corrections.totals import moves_in_words
from reports.corrections.verbs import ACTS

WRITTEN_BY = ("submitted_by__name", "started_by__name")


def of_codes(word: str) -> Q:
    """Meet a slip by the code of one of its cells, changed or open."""
    code = word.strip(",，").upper()
    return Q(new__has_key=code) | Q(opened__icontains=f'"{code}"')


def numbered() -> tuple[tuple[str, Q], ...]:
    return ((_("no number yet"), Q(number__isnull=True)),)


# All that a row shows: what is found everywhere is found in the list too.
MET_BY: tuple[Match, ...] = (
    "number",
    "reason",
    of_library(),
    of_month("period__code"),
    of_codes,
    chosen("state", lambda: Correction.State.choices),
    of_person("submitted_by"),
    of_person("started_by"),
    said_of(numbered),
    on_day("due_on"),
    on_day("started_at", moment=True),
)
DEEDS = {
    "drafted": Deed(gettext_lazy("wrote the slip"), "neutral", "edit", tells_changes=True),
    "reopened": Deed(gettext_lazy("reopened the figures"), "info", "lock", tells_changes=True),
    "edited": Deed(gettext_lazy("changed the slip"), "neutral", "edit", tells_changes=True),
    "submitted": Deed(gettext_lazy("handed the slip in"), "info", "send"),
    "correction_approval": Deed(gettext_lazy("approved the slip"), "success", "check"),
    "returned": Deed(gettext_lazy("returned it for correction"), "warning", "left"),
}


class CorrectionNarrowing(Narrowing):
    """What the list of slips is narrowed by."""

    state = ChoiceFilter(label=gettext_lazy("State"), choices=Correction.State.choices)


def said(value: Any) -> Any:
    """Return a figure as people read it; what is not there was not reported."""
    return _("not reported") if value is None else f"{value:,}" if isinstance(value, int) else shown_figure(value)


def cells_of(slip: Correction) -> list[tuple[str, str, Any, Any]]:
    """Return the cells of a slip: the code, what it is called, as it was, as it is to be (nothing yet: None)."""
    titles = titles_by_code()
    return [
        (code, titles.get(code, code), said(slip.old.get(code)), said(slip.new[code]) if code in slip.new else None)
        for code in slip.codes
    ]


def _library(slip: Correction) -> str:
    facts = slip.library.facts
    return f"{facts.name} {slip.library.code}" if facts else slip.library.code


def _number(slip: Correction) -> str:
    return slip.number or _("no number yet")


def correction_hit(slip: Correction, words: Sequence[str]) -> Hit:
    """Show a slip with its library and its period."""
    return hit_of(slip, line=joined(_library(slip), period(slip.period.code)))


def _change(titles: dict[str, str], name: str, before: Any, after: Any) -> Told | None:
    """Name a cell by its indicator; until when and which cells are open stands among the facts."""
    return (titles[name], said(before), said(after)) if name in titles else None


LIBRARY = Column("library", gettext_lazy("Member library"), _library, sort="library__code")
PERIOD = Column("period", gettext_lazy("Period"), "period", sort="period__code")
REASON = Column("reason", gettext_lazy("Reason"), is_shown=False)
DUE = Column("due_on", gettext_lazy("Answer by"), sort="due_on")
WRITER = Column(
    "written_by", gettext_lazy("Written by"), lambda slip: slip.submitted_by or slip.started_by, sort=WRITTEN_BY
)


class Corrections(Register):
    """Every correction of a figure in a locked period, and how far it is (6.2.1 j)."""

    name, model, clause, icon = "reports:correction", Correction, "6.2.1 j", "edit"
    title = gettext_lazy("Corrections")
    lead = gettext_lazy(
        "A figure of a locked period changes by a slip alone: old, new, reason, approved by the lead of the "
        "coordination group. The next edition of the report lists what was corrected."
    )
    empty = gettext_lazy("No figure has been corrected yet.")
    columns = (
        Column("number", gettext_lazy("Number"), _number, sort="number", is_name=True),
        LIBRARY,
        PERIOD,
        Column("codes", gettext_lazy("Indicator"), lambda slip: ", ".join(slip.codes), is_code=True),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
        DUE,
        WRITER,
        Column("started_at", gettext_lazy("Started at"), sort="started_at"),
        REASON,
    )
    facts = (
        LIBRARY,
        PERIOD,
        REASON,
        DUE,
        Column("opened_by", gettext_lazy("Reopened by")),
        WRITER,
        Column("decided_by", gettext_lazy("Decided by")),
        Column("decided_at", gettext_lazy("Decided at")),
    )
    parts = ("attachments",)
    filters, search, order, acts, deeds = CorrectionNarrowing, MET_BY, ("-started_at",), ACTS, DEEDS
    new_title = gettext_lazy("New correction slip")
    page_template = "reports/corrections/correction_detail.html"
    may_read, may_create = staticmethod(may_look), staticmethod(may_begin)

    def beside_page(self, thing: Any, user: User) -> dict[str, Any]:
        return {
            "cells": cells_of(thing),
            "moved": moves_in_words(thing.moved),
            "may_edit": may_edit(user, thing),
        }

    def course(self, thing: Any) -> list[dict[str, Any]]:
        titles = titles_by_code()
        return course_of(Record.objects.of(thing), DEEDS, change=partial(_change, titles))

    def tabs(self, user: User) -> Sequence[Tab]:
        slips: Any = self.rows(user)
        in_hand = slips.filter(state__in=[Correction.State.DRAFT, Correction.State.RETURNED])
        return (
            Tab("", _("All"), lambda: slips),
            Tab("waiting", _("Waiting for me"), lambda: slips.open_to(user), True, _("Nothing waits for you.")),
            Tab("open", _("To be written"), lambda: in_hand, True, _("No slip is being written.")),
        )


CORRECTIONS = Corrections()
