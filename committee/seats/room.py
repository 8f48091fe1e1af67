"""The card of the committee's seats (5.1)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.seats.before import seat_who_held_roles
from committee.seats.composition import composition
from fsul_portal.grammar.evidence import NO_RECORD, Evidence, Standing
from fsul_portal.rooms import Card, Entry

WARNED_BEFORE = 60


def committee_seated(day: date) -> Evidence:
    """Say whether a term was in office on a day, with a chair and a seat for each unit (5.1)."""
    now = composition(day)
    if now.term is None or not now.seats:
        return NO_RECORD
    told = {"term": now.term, "count": len(now.seats), "missing": len(now.units), "last": now.term.last_day}
    sentence = _("%(term)s, %(count)s seats, %(missing)s units without one, until %(last)s") % told
    ends_soon = now.days_left is not None and now.days_left < WARNED_BEFORE
    standing = Standing.HELD if now.is_complete and not ends_soon else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("committee:seat-list"), len(now.seats))


CARD = Card(
    clauses=("5.1",),
    menu=(
        Entry(gettext_lazy("Committee"), gettext_lazy("Seats"), "committee:seat-list", "people", 20),
        Entry(gettext_lazy("Committee"), gettext_lazy("Terms"), "committee:term-list", "calendar", 30),
    ),
    acts={
        "letter recorded": pgettext_lazy("act", "recorded the society's letter"),
        "term begun": pgettext_lazy("act", "let the term begin"),
        "term changed": pgettext_lazy("act", "changed the term"),
        "term over": pgettext_lazy("act", "let the term end with the next one"),
        "term prepared": pgettext_lazy("act", "prepared the term"),
    },
    permissions={"committee.keep_seats": gettext_lazy("Keeps the seats of committee and groups")},
    defaults={"seats for roles held before": seat_who_held_roles},
    evidence={"5.1": committee_seated},
)
