"""Nominate, approve, seat and let go; the rights follow in the same transaction (5.1, 5.2)."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, Verdict, require
from members.bodies import letters
from members.bodies.models import Tenure
from members.bodies.rights import settle
from members.bodies.rules import may_approve, may_drop, may_leave, may_nominate, may_seat
from members.rosters.actions import write_edition

Kept = TypeVar("Kept", bound=Tenure)


@transaction.atomic
def nominate(tenure: Kept, *, by: User, token: str = "", rule: Callable[[Any, Any], Verdict] = may_nominate) -> Kept:
    """Put somebody's name down for a post."""
    require(rule(by, tenure))
    hold_body(tenure)
    ahead = type(tenure).objects.ahead().filter(person=tenure.person, **{tenure.BODY: tenure.body})
    if ahead.exclude(form_token=token).exists():
        raise Unready([Fault("person", _("%(person)s is nominated here already.") % {"person": tenure.person})])
    return begin(tenure, "nominated", by=by, token=token)


@transaction.atomic
def approve(tenure: Kept, *, by: User, version: int | None = None, note: str = "", **facts: Any) -> Kept:
    """Record that a nomination was approved, with what the body wants to know of it."""
    tenure = claim(tenure, may_approve, by=by, version=version)
    return step(tenure, "nomination approved", to=tenure.State.APPROVED, pair="approved", by=by, note=note, **facts)


@transaction.atomic
def seat(
    tenure: Kept,
    *,
    by: User,
    since: date,
    known_on: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Kept:
    """Let somebody take his post from a day on; his roles come with it."""
    hold_body(tenure)
    tenure = claim(tenure, may_seat, by=by, version=version)
    tenure = take_post(tenure, since, known_on, by=by, note=note)
    settle(tenure.person, by=by)
    write_edition(tenure.body, since=since, known_on=tenure.known_on or since, by=by)
    return tenure


def take_post(tenure: Kept, since: date, known_on: date | None, *, by: User, note: str = "") -> Kept:
    """Seat somebody whose body is held; the caller settles the roles."""
    raise_what_stands_against(tenure, since)
    facts: dict[str, Any] = {"since": since, "known_on": known_on or timezone.localdate()}
    facts |= tenure.on_taking(since)
    tenure = step(tenure, "seat taken", to=tenure.State.SEATED, pair="seated", by=by, note=note, **facts)
    letters.tell_seated(tenure)
    return tenure


@transaction.atomic
def let_go(
    tenure: Kept,
    *,
    by: User,
    until: date,
    known_on: date | None = None,
    version: int | None = None,
    note: str = "",
) -> Kept:
    """End somebody's time after its last day; the roles of this post are gone with the next request."""
    hold_body(tenure)
    tenure = claim(tenure, may_leave, by=by, version=version)
    tenure = leave_post(tenure, until, known_on, by=by, note=note)
    settle(tenure.person, by=by)
    write_edition(tenure.body, since=until + ONE_DAY, known_on=tenure.known_on or until, by=by)
    return tenure


def leave_post(tenure: Kept, until: date, known_on: date | None, *, by: User, note: str = "") -> Kept:
    """Let somebody go whose body is held; the caller settles the roles."""
    if until > timezone.localdate():
        raise Unready([Fault("until", _("This day is still to come; end the seat on that day or later."))])
    facts = {"until": until, "known_on": known_on or timezone.localdate()}
    tenure = step(tenure, "seat left", to=tenure.State.LEFT, pair="left", by=by, note=note, **facts)
    letters.tell_left(tenure)
    return tenure


@transaction.atomic
def drop(tenure: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Put a nomination away that nobody takes."""
    tenure = claim(tenure, may_drop, by=by, version=version)
    return step(tenure, "nomination dropped", to=tenure.State.DROPPED, by=by, note=note)


def hold_body(tenure: Tenure) -> None:
    """Let acts on one body follow one another: of two chairs at one moment, the second is refused with a sentence."""
    type(tenure.body)._default_manager.select_for_update(of=("self",)).get(pk=tenure.body.pk)


def raise_what_stands_against(tenure: Tenure, since: date) -> None:
    found: list[Fault] = [*tenure.unfit(), *_faults_of_day(tenure, since)]
    checks: tuple[Callable[[Tenure, date], list[Fault]], ...] = (_sits_already, _taken_by_another)
    if found := found or [fault for check in checks for fault in check(tenure, since)]:
        raise Unready(found)


def _faults_of_day(tenure: Tenure, since: date) -> list[Fault]:
    if since > timezone.localdate():
        return [Fault("since", _("This day is still to come; the seat can be taken on that day or later."))]
    return []


def _sits_already(tenure: Tenure, since: date) -> list[Fault]:
    other = tenure.in_body().overlapping(since, None).filter(person=tenure.person).first()
    if other is None:
        return []
    sentence = _("%(tenure)s: sits here already on that day. End that seat first, the day before.")
    return [Fault("person" if other.until is None else "since", sentence % {"tenure": other})]


def _taken_by_another(tenure: Tenure, since: date) -> list[Fault]:
    if tenure.post not in tenure.ONE_AT_A_TIME:
        return []
    other = tenure.in_body().overlapping(since, None).filter(post=tenure.post).first()
    if other is None:
        return []
    sentence = _("One person at a time has this post, and on that day it is %(person)s. End that seat first.")
    return [Fault("since", sentence % {"person": other.person})]
