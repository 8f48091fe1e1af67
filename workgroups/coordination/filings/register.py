"""Declare the list of filings; their page and their form are their own (6.2.1 e)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from fsul_portal.finding.hits import Hit, hit_of, joined
from fsul_portal.finding.matches import Match, chosen, on_day
from fsul_portal.registers.columns import Column
from fsul_portal.registers.filters import Narrowing
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from fsul_portal.templatetags.figures import day
from members.divisions.models import Division
from members.libraries.finding.matches import of_library
from members.people.matches import of_person
from workgroups.coordination.filings.kinds.table import kind_choices
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import may_begin

FILED_BY = ("submitted_by__name", "started_by__name")


class FilingNarrowing(Narrowing):
    """What the list of filings is narrowed by."""

    state = ChoiceFilter(label=gettext_lazy("State"), choices=Filing.State.choices)
    kind = ChoiceFilter(label=gettext_lazy("Kind"), choices=kind_choices())
    district = ModelChoiceFilter(
        label=gettext_lazy("District"),
        queryset=Division.objects.filter(level=Division.Level.DISTRICT),
        to_field_name="code",
        method="in_district",
    )
    library = CharFilter(
        label=gettext_lazy("Code of the library"), field_name="library__code", lookup_expr="iexact", max_length=20
    )

    def in_district(self, filings, name, district):
        return filings.of_district(district)


def _library(filing):
    facts = filing.library.facts
    return f"{facts.name} {filing.library.code}" if facts else filing.library.code


# All that a row shows: what is found everywhere is found in the list too.
MET_BY: tuple[Match, ...] = (
    "number",
    "reason",
    of_library(),
    chosen("kind", kind_choices),
    chosen("state", lambda: Filing.State.choices),
    of_person("submitted_by"),
    of_person("started_by"),
    on_day("effective_on"),
    on_day("started_at", moment=True),
)


def filing_hit(filing: Filing, words: Sequence[str]) -> Hit:
    """Show a filing with its library and the day on which it takes effect."""
    return hit_of(filing, line=joined(_library(filing), day(filing.effective_on)))


class Filings(Register):
    """Every change of a member library, and how far it is (6.2.1 e)."""

    name, model, clause, icon = "workgroups:coordination:filing", Filing, "6.2.1 e", "inbox"
    title = gettext_lazy("Filings")
    lead = gettext_lazy(
        "Every change of a member library is filed, signed by its district, "
        "approved by the coordination group and takes effect on its day."
    )
    above = (gettext_lazy("Working groups"), "workgroups:group-list")
    new_title, empty = gettext_lazy("New filing"), gettext_lazy("No filing has been begun yet.")
    columns = (
        Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
        Column("library", gettext_lazy("Member library"), _library, sort="library__code", is_name=True),
        Column("district", gettext_lazy("District"), "library.facts.district", sort="district_sort"),
        Column("effective_on", gettext_lazy("Takes effect on"), sort="effective_on"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
        Column("number", gettext_lazy("Filing number"), sort="number", is_code=True),
        Column(
            "filed_by", gettext_lazy("Filed by"), lambda filing: filing.submitted_by or filing.started_by, sort=FILED_BY
        ),
        Column("started_at", gettext_lazy("Started at"), sort="started_at"),
        Column("waiting_since", gettext_lazy("Waiting since"), sort="waiting_since", only_in=("waiting",)),
    )
    parts = ("attachments", "linked", "remarks", "tasks")
    filters, search, order, may_create = FilingNarrowing, MET_BY, ("-started_at",), staticmethod(may_begin)

    def tabs(self, user):
        filings: Any = self.rows(user)
        return (
            Tab("", _("All"), lambda: filings),
            Tab("waiting", _("Waiting for me"), lambda: filings.open_to(user), True, _("Nothing waits for you.")),
            Tab("drafts", _("My drafts"), lambda: filings.in_hand_of(user), True, _("You have no draft in hand.")),
        )


FILINGS = Filings()
