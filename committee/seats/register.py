"""Declare the lists and pages of terms and seats (5.1)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.seats import actions, rules
from committee.seats.composition import composition
from committee.seats.forms import NominationForm, TermForm
from committee.seats.models import Seat, Term
from committee.seats.verbs import SEAT_ACTS, TERM_ACTS
from fsul_portal.finding.matches import Match, chosen, number, on_day
from fsul_portal.grammar.words import enumerated
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.records.course import Deed
from fsul_portal.registers.columns import Column
from fsul_portal.registers.lists import Listing, Tab
from fsul_portal.registers.register import Register
from members.bodies.lists import BY_POST, DEEDS, KNOWN, PERSON, POSITION, SINCE, STATE, UNIT, UNTIL
from members.bodies.rules import may_keep
from members.libraries.finding.matches import of_library
from members.people.matches import of_person

SITTING, AHEAD, EVERYBODY = "sitting", "ahead", "all"
MET_BY: tuple[Match, ...] = (
    of_person("person"),
    of_library("unit"),
    chosen("post", lambda: Seat.Post.choices),
    chosen("state", lambda: Seat.State.choices),
    on_day("since"),
    on_day("until"),
    number("term__number"),
)


POST = Column("post", gettext_lazy("Post"), "get_post_display", sort="post_rank")
TERM = Column("term", gettext_lazy("Term"), "term.number", sort="term__number")


class Seats(Register):
    """Who sits on the committee, sat on it, or is nominated for it (5.1)."""

    name, model, clause, icon, acts = "committee:seat", Seat, "5.1", "people", SEAT_ACTS
    title = gettext_lazy("Seats on the committee")
    lead = gettext_lazy(
        "Leaders in charge of the system and heads of departments of the central and district libraries."
    )
    new_title = gettext_lazy("Nominate somebody")
    created = gettext_lazy("The nomination is recorded.")
    empty = gettext_lazy("Nobody sits on the committee yet.")
    columns = (PERSON, POST, UNIT, POSITION, TERM, SINCE, UNTIL, STATE)
    facts = (
        POST,
        UNIT,
        POSITION,
        Column("capacity", gettext_lazy("Sits as"), "get_capacity_display"),
        Column("term", gettext_lazy("Term")),
        SINCE,
        UNTIL,
        KNOWN,
        Column("letter_number", gettext_lazy("Letter of the society")),
        Column("letter_day", gettext_lazy("Day of the letter")),
        Column("appointment", gettext_lazy("Letter of appointment")),
    )
    search, order, filters, deeds = MET_BY, BY_POST, ("post", "term"), DEEDS
    parts = ("attachments",)
    form, may_create, create = NominationForm, staticmethod(may_keep), staticmethod(actions.nominate)
    list_template, page_template = "committee/seats/seat_list.html", "committee/seats/seat_page.html"

    def tabs(self, user: Any) -> Sequence[Tab]:
        rows = self.rows(user)
        return [
            Tab(SITTING, _("On the committee now"), rows.seated, True, _("Nobody sits on the committee yet.")),
            Tab(AHEAD, _("Nominated or approved"), rows.ahead, True, _("Nobody is nominated.")),
            Tab(EVERYBODY, _("Everybody, past terms too"), lambda: rows),
        ]

    def beside_list(self, user: Any, listing: Listing) -> dict[str, Any]:
        now = composition(timezone.localdate())
        return {"now": now, "missing": enumerated(unit.facts.name for unit in now.units)}

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        return {"shelf": shelf_of(thing, user)}


class Terms(Register):
    """The terms of the committee, the next one too (5.1)."""

    name, model, clause, icon, acts = "committee:term", Term, "5.1", "calendar", TERM_ACTS
    title = gettext_lazy("Terms of the committee")
    lead = gettext_lazy("A term goes on until the next one begins, so that nobody's rights end overnight.")
    new_title = gettext_lazy("Prepare a term")
    created = gettext_lazy("The term is prepared; nominate its people.")
    empty = gettext_lazy("No term of the committee is recorded yet.")
    above = (gettext_lazy("Seats on the committee"), "committee:seat-list")
    columns = (
        Column("term", gettext_lazy("Term"), str, sort="number", is_name=True),
        Column("first_day", gettext_lazy("First day"), sort="first_day"),
        Column("last_day", gettext_lazy("Last day"), sort="last_day"),
        Column("state", gettext_lazy("State"), sort="state", is_state=True),
    )
    facts = columns[1:3]
    search: tuple[Match, ...] = (
        number("number"),
        chosen("state", lambda: Term.State.choices),
        on_day("first_day"),
        on_day("last_day"),
    )
    order = ("-number",)
    deeds = {
        "term prepared": Deed(tone="info", icon="edit"),
        "term begun": Deed(tone="success", icon="flag"),
        "term over": Deed(icon="stop"),
        "term changed": Deed(icon="edit", tells_changes=True),
        "letter recorded": Deed(tone="info", icon="stamp"),
    }
    parts = ("attachments",)
    form, may_create, create = TermForm, staticmethod(rules.may_prepare_term), staticmethod(actions.prepare_term)
    page_template = "committee/seats/term_page.html"

    def beside_page(self, thing: Any, user: Any) -> dict[str, Any]:
        return {"seats": Seat.objects.visible_to(user).filter(term=thing).for_lists().order_by(*BY_POST)}


SEATS, TERMS = Seats(), Terms()
