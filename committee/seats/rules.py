"""Say who opens terms and lets them begin (5.1)."""

from django.utils.translation import gettext as _

from committee.seats.models import Seat, Term
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, not_now
from members.bodies.rules import may_keep, may_seat


def may_prepare_term(user: User) -> Verdict:
    """Whoever keeps the seats prepares the next term (5.1)."""
    return may_keep(user)


def may_change_term(user: User, term: Term) -> Verdict:
    """The days of a term are put right until it is over (5.1)."""
    return may_keep(user) and in_state(term, term.State.PREPARED, term.State.RUNNING)


def may_record_letter(user: User, term: Term) -> Verdict:
    """The letter of the society approves all who are nominated for the term (5.1)."""
    verdict = may_change_term(user, term)
    if verdict and not term.seats.filter(state=Seat.State.NOMINATED).exists():
        return not_now(_("Nobody is nominated who has not been approved."))
    return verdict


def may_begin_term(user: User, term: Term) -> Verdict:
    """A prepared term begins once somebody is approved for it (5.1)."""
    verdict = may_keep(user) and in_state(term, term.State.PREPARED)
    if verdict and not term.seats.filter(state=Seat.State.APPROVED).exists():
        return not_now(_("Nobody is approved for this term yet."))
    return verdict


def may_seat_in_term(user: User, seat: Seat) -> Verdict:
    """A single seat is taken while its term is in office; a new term begins as a whole (5.1)."""
    verdict = may_seat(user, seat)
    if verdict and seat.term.state == Term.State.PREPARED:
        return not_now(_("The term has not begun; all who are approved take their seats with it."))
    return verdict and in_state(seat.term, Term.State.RUNNING)
