"""Tell in time of a term that ends and of what is missing on the committee (5.1)."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from committee.seats.composition import Composition, composition
from committee.seats.models import Term
from fsul_portal.access.rules import people_in_role
from fsul_portal.grammar.words import enumerated
from fsul_portal.notices.actions import tell
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder, step_due
from fsul_portal.templatetags.figures import day as in_words
from members.bodies.letters import SEATS
from members.bodies.rules import KEEPERS

OVER = -1


@reminder("5.1")
def tell_of_ending_term(day: date) -> list[Notice]:
    """Tell chair and office so many days before a term ends, and once when it is over and none has followed (5.1)."""
    term = Term.objects.all().running()
    if term is None:
        return []
    step = step_due(term.last_day, (*settings.TERM_ENDS_WARNINGS, 0, OVER), day, since=term.first_day)
    if step is None:
        return []
    told = {"term": term, "day": in_words(term.last_day)}
    return tell(
        people_in_role(*KEEPERS),
        key=f"{SEATS}:term:{term.pk}:{term.last_day}:{'over' if step == OVER else step}",
        subject=lambda: (
            (_("Over, and none has followed: %(term)s") if step == OVER else _("Ends soon: %(term)s")) % told
        ),
        body=lambda: _("Last day: %(day)s. Prepare the next term and nominate its people.") % told,
        link=reverse("committee:term-list"),
    )


@reminder("5.1")
def tell_of_vacancies(day: date) -> list[Notice]:
    """Tell chair and office of a committee without a chair, and of units without a seat, once for each (5.1)."""
    now = composition(day)
    # Without a term nobody has begun with seats yet: there is no committee in which something could be missing.
    if now.term is None or not (missing := _missing(now)):
        return []
    names = enumerated(unit.facts.name for unit in now.units)

    def body() -> str:
        lines = [_("The committee has no chair.")] if now.chair is None else []
        return "\n".join([*lines, *([_("Nobody sits for: %(units)s.") % {"units": names}] if names else [])])

    return tell(
        people_in_role(*KEEPERS),
        key=f"{SEATS}:vacant:{now.term.pk}:{missing}",
        subject=lambda: _("Something is missing on the committee"),
        body=body,
        link=reverse("committee:seat-list"),
    )


def _missing(now: Composition) -> str:
    """Return what is missing as the part of a key: another vacancy is told of anew."""
    return ",".join([*(["chair"] if now.chair is None else []), *(unit.code for unit in now.units)])
