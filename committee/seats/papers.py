"""Write the letter by which somebody is appointed to the committee (5.1)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from committee.seats.models import Seat
from fsul_portal.letters.content import Kind, Letter, Paragraph
from fsul_portal.letters.offers import Offer, offered
from fsul_portal.templatetags.figures import day
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, not_now
from members.bodies.lists import unit_name
from members.bodies.rules import may_keep

SOCIETY = pgettext_lazy("paper", "Foshan Library Society")


def may_keep_papers(user: User, seat: Any) -> Verdict:
    """Whoever keeps the seats issues the letters of appointment (5.1)."""
    return may_keep(user)


def is_taken(seat: Seat) -> Verdict:
    """A letter is written once the seat is taken and has its number."""
    if seat.state == Seat.State.SEATED and seat.appointment:
        return Allowed()
    return not_now(_("A letter of appointment is written once the seat is taken."))


def appointment(seat: Seat) -> Letter:
    """Write the letter of appointment (5.1)."""
    told = {
        "person": seat.person.get_full_name(),
        "unit": unit_name(seat),
        "post": seat.get_post_display(),
        "number": seat.term.number,
        "first": day(seat.since),
        "last": day(seat.term.last_day),
    }
    return Letter(
        kind=Kind.CERTIFICATE,
        title=pgettext("paper", "Letter of appointment"),
        number=seat.appointment,
        addressee=pgettext("paper", "%(person)s of %(unit)s") % told,
        body=(
            Paragraph(
                pgettext(
                    "paper",
                    "You are appointed %(post)s of term %(number)s of the committee of the Foshan United Library, from "
                    "%(first)s to %(last)s.",
                )
                % told
            ),
        ),
        signers=(str(SOCIETY),),
        day=seat.since,
        is_sealed=True,
    )


APPOINTMENT = offered(
    Offer(
        "appointment",
        gettext_lazy("letter of appointment"),
        "committee.Seat",
        may_keep_papers,
        is_taken,
        appointment,
    )
)
