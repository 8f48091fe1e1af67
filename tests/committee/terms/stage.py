"""Bring terms of the committee into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.seats import actions
from committee.seats.models import Seat, Term
from committee.seats.verbs import TERM_ACTS as ACTS
from members.bodies import actions as bodies

__all__ = ["ACTS"]

RIGHTS = {"letter": {"office", "chair"}, "begin": {"office", "chair"}, "change": {"office", "chair"}}


COMMITTEE = (("chair", "chair"), ("office", "secretary"), ("committee", "member"))


def prepare(cast, number, first):
    last = first + timedelta(days=100)
    return actions.prepare_term(number=number, first_day=first, last_day=last, by=cast["office"])


def nominate(cast, term):
    for person, post in COMMITTEE:
        actions.nominate(term=term, person=cast[person], post=post, capacity="in_charge", by=cast["office"])
    return term


def approve(cast, term):
    letter = {"letter_number": "佛图学〔2026〕9号", "letter_day": timezone.localdate()}
    return actions.record_letter(nominate(cast, term), by=cast["office"], **letter)


def situations(cast):
    """Yield (situation, term) for each situation of a term; the same people sit again."""
    office, today = cast["office"], timezone.localdate()
    first = Term.objects.get(number=1)
    days = {"first_day": today - timedelta(days=60), "last_day": today - timedelta(days=1)}
    actions.change_term(first, by=office, **days)
    for seat in Seat.objects.seated().filter(since=today):
        bodies.let_go(seat, by=office, until=today, note="换届")
    second = actions.begin_term(approve(cast, prepare(cast, 2, today)), since=today, by=office)
    yield "over", Term.objects.get(number=1)
    yield "in office", second
    yield "prepared, nobody nominated", prepare(cast, 3, today + timedelta(days=200))
    yield "prepared, nominated", nominate(cast, prepare(cast, 4, today + timedelta(days=400)))
    yield "prepared, approved", approve(cast, prepare(cast, 5, today + timedelta(days=600)))
