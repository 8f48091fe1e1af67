"""Bring seats of the committee into every situation."""

from django.utils import timezone

from committee.seats import actions
from committee.seats.models import Seat, Term
from committee.seats.verbs import SEAT_ACTS as ACTS
from members.bodies import actions as bodies
from tests.guests import guest

__all__ = ["ACTS"]

RIGHTS = {
    "approve": {"office", "chair"},
    "take": {"office", "chair"},
    "leave": {"office", "chair"},
    "drop": {"office", "chair"},
}


def nominate(cast, name="first", post="member", code="CC001"):
    term = Term.objects.get(state="running")
    return actions.nominate(term=term, person=guest(name, code), post=post, capacity="in_charge", by=cast["office"])


def approve(cast, *which):
    seat = nominate(cast, *which)
    return bodies.approve(seat, by=cast["office"], letter_number="佛图学〔2026〕3号", letter_day=timezone.localdate())


def seat_guest(cast, name, *, code="CC001"):
    """Let somebody new take a seat today."""
    seat = nominate(cast, name, code=code)
    seat = bodies.approve(seat, by=cast["office"], letter_number="佛图学〔2026〕3号", letter_day=timezone.localdate())
    return actions.seat(seat, by=cast["office"], since=timezone.localdate())


def things(cast):
    return {"seat": nominate(cast).pk, "term": Term.objects.get().pk}


def situations(cast):
    """Yield (situation, seat) for each situation of a seat."""
    office = cast["office"]
    yield "nominated", nominate(cast, "second")
    yield "approved", approve(cast, "third")
    yield "seated", actions.seat(approve(cast), by=office, since=timezone.localdate())
    gone = actions.seat(approve(cast, "fourth"), by=office, since=timezone.localdate())
    yield "left", bodies.let_go(gone, by=office, until=timezone.localdate(), note="调离")
    yield "dropped", bodies.drop(nominate(cast, "fifth"), by=office, note="另行推荐")
    yield "the chair's own", Seat.objects.get(post="chair")
