"""Declare the list and the page of rosters (7.2)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.finding.matches import Match, in_column, number, on_day
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Tab
from fsul_portal.registers.register import Register
from members.libraries.models import spells_along
from members.rosters import rules
from members.rosters.files import is_mobile, number_of
from members.rosters.models import Roster, RosterLine

SINCE = Column("since", gettext_lazy("Holds since"), sort="since")
KNOWN = Column("known_on", gettext_lazy("Change known on"), sort="known_on", is_shown=False)
DUE = Column("due_on", gettext_lazy("Due on"), sort="due_on", is_shown=False)
ISSUED = Column("issued_at", gettext_lazy("Written at"), sort="issued_at")


def by_person(word: str) -> Q:
    """Meet a roster by the name of somebody on it."""
    return Q(pk__in=RosterLine.objects.filter(in_column("name", word)).values("roster"))


def in_time(word: str) -> Q:
    """Meet what was written late, or in time."""
    late = Q(issued_at__date__gt=F("due_on"))
    found = Q(pk__in=[])
    for label, condition in ((_("late"), late), (_("in time"), ~late)):
        if word in label.split():
            found |= condition
    return found


def is_late(roster: Roster) -> str:
    """Say in words whether an edition was written in time."""
    return _("late") if roster.is_late else _("in time")


def lines_of(roster: Roster) -> list[RosterLine]:
    """Return the people of a roster with what their rights are asked of."""
    people = roster.lines.select_related("district", "unit", "roster")
    return list(people.prefetch_related(spells_along("unit__spells")).order_by("position"))


class Rosters(Register):
    """The rosters of the committee and the groups, the old editions too (7.2)."""

    name, model, clause, icon = "members:roster", Roster, "7.2", "people"
    title = gettext_lazy("Rosters")
    lead = gettext_lazy("Each change of people writes a new edition; it is due ten working days after it became known.")
    empty = gettext_lazy("No roster has been written yet; the first seat that is taken writes one.")
    columns = (
        Column("title", gettext_lazy("Body"), sort=("content_type", "object_id", "number"), is_name=True),
        Column("number", gettext_lazy("Edition"), sort="number", is_number=True),
        SINCE,
        Column("people", gettext_lazy("People"), sort="people", is_number=True),
        KNOWN,
        DUE,
        ISSUED,
        Column("in_time", gettext_lazy("Written"), is_late),
    )
    facts = (
        Column("number", gettext_lazy("Edition")),
        SINCE,
        Column("changed", gettext_lazy("What has changed")),
        KNOWN,
        DUE,
        ISSUED,
        Column("in_time", gettext_lazy("Written"), is_late),
    )
    search: tuple[Match, ...] = (
        "title_zh",
        "title_en",
        by_person,
        number("number"),
        on_day("since"),
        on_day("known_on"),
        on_day("due_on"),
        on_day("issued_at", moment=True),
        in_time,
    )
    order = ("-issued_at",)
    deeds = {
        "roster written": Deed(tone="info", icon="edit"),
        "numbers shown": Deed(icon="eye"),
        "roster exported": Deed(icon="download"),
        "numbers erased": Deed(icon="remove"),
    }
    parts = ("attachments",)
    page_template = "members/rosters/roster_page.html"
    may_read = staticmethod(rules.may_read_rosters)

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab("current", _("Current rosters"), rows.current, True, _("No roster has been written yet.")),
            Tab("all", _("All editions"), lambda: rows),
        ]

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        lines = lines_of(thing)
        openly = rules.reads_openly(user, lines)
        return {
            "lines": [(line, number_of(line, openly)) for line in lines],
            "may_show": rules.may_show_numbers(user, thing),
            "has_masked": any(is_mobile(line.phone) and line.pk not in openly for line in lines),
            "is_last": not Roster.objects.of(thing.body).filter(number__gt=thing.number).exists(),
            "shelf": shelf_of(thing, user),
            "today": timezone.localdate(),
        }


ROSTERS = Rosters()
