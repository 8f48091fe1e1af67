"""Prepare a term, record what the society approved, and let it begin (5.1)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.seats.models import Seat, Term
from committee.seats.rules import may_begin_term, may_change_term, may_prepare_term, may_record_letter, may_seat_in_term
from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require
from members.bodies import actions as bodies
from members.bodies.rights import settle
from members.bodies.rules import not_his_own
from members.people.models import User as Person
from members.rosters.actions import write_edition


@transaction.atomic
def prepare_term(*, number: int, first_day: date, last_day: date, by: User, token: str = "") -> Term:
    """Open the book of a term; nobody sits in it yet."""
    require(may_prepare_term(by))
    return begin(Term(number=number, first_day=first_day, last_day=last_day), "term prepared", by=by, token=token)


@transaction.atomic
def change_term(
    term: Term, *, first_day: date, last_day: date, by: User, version: int | None = None, note: str = ""
) -> Term:
    """Put the days of a term right, or let it last longer."""
    term = claim(term, may_change_term, by=by, version=version)
    return step(term, "term changed", by=by, note=note, first_day=first_day, last_day=last_day)


@transaction.atomic
def nominate(
    *, term: Term, person: Person, post: str, capacity: str, by: User, token: str = "", note: str = ""
) -> Seat:
    """Put somebody down for a seat, for the unit where he works."""
    if person.library is None:
        raise Unready([Fault("person", _("%(person)s works at no member library.") % {"person": person})])
    seat = Seat(term=term, person=person, unit=person.library, post=post, capacity=capacity)
    if term.state == Term.State.OVER:
        raise Unready([Fault("term", _("This term is over."))])
    return bodies.nominate(seat, by=by, token=token)


@transaction.atomic
def record_letter(
    term: Term, *, letter_number: str, letter_day: date, by: User, version: int | None = None, note: str = ""
) -> Term:
    """Approve everybody who is nominated for the term by one letter of the society."""
    term = claim(term, may_record_letter, by=by, version=version)
    for seat in term.seats.filter(state=Seat.State.NOMINATED).order_by("pk"):
        bodies.approve(seat, by=by, note=note, letter_number=letter_number, letter_day=letter_day)
    return step(term, "letter recorded", by=by, note=_("Letter %(number)s") % {"number": letter_number})


@transaction.atomic
def begin_term(
    term: Term,
    *,
    since: date,
    by: User,
    known_on: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Term:
    """Seat all who are approved, and let those of the term before go the day before; the roles change hands at once."""
    running = Term.objects.select_for_update(of=("self",)).filter(state=Term.State.RUNNING).first()
    term = claim(term, may_begin_term, by=by, version=version)
    if not term.first_day <= since <= term.last_day:
        raise Unready([Fault("since", _("This day does not lie within the term."))])
    if since > timezone.localdate():
        raise Unready([Fault("since", _("This day is still to come; let the term begin on that day or later."))])
    coming = list(term.seats.filter(state=Seat.State.APPROVED).select_related("person", "term", "unit").order_by("pk"))
    for seat in coming:
        require(not_his_own(by, seat))
    leaving = list(running.seats.seated().select_related("person", "term").order_by("pk")) if running else []
    if late := next((seat for seat in leaving if seat.since and seat.since >= since), None):
        sentence = _("%(seat)s: this seat was taken on that day or later. End it first, or choose a later day.")
        raise Unready([Fault("since", sentence % {"seat": late})])
    for seat in leaving:
        bodies.leave_post(seat, since - ONE_DAY, known_on, by=by, note=note)
    if running:
        step(running, "term over", to=Term.State.OVER, by=by)
    term = step(term, "term begun", to=Term.State.RUNNING, by=by, note=note)
    for seat in coming:
        seat.term = term
        bodies.take_post(seat, since, known_on, by=by, note=note)
    for person in {seat.person_id: seat.person for seat in [*leaving, *coming]}.values():
        settle(person, by=by)
    write_edition(term, since=since, known_on=known_on or timezone.localdate(), by=by)
    return term


@transaction.atomic
def seat(seat: Seat, *, by: User, **days: Any) -> Seat:
    """Let somebody take his seat in the middle of a term."""
    require(may_seat_in_term(by, seat))
    return bodies.seat(seat, by=by, **days)
