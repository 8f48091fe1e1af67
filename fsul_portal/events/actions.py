"""Take an event from the plan to its evaluation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from fsul_portal.events import letters, rules
from fsul_portal.events.models import Event
from fsul_portal.lives.actions import begin, claim, lock, step
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require

Kept = TypeVar("Kept", bound=Event)


@transaction.atomic
def plan(event: Kept, *, by: User, token: str = "") -> Kept:
    """Plan an event; nobody is told yet."""
    require(rules.may_plan(by, event))
    return begin(event, "event planned", by=by, token=token)


@transaction.atomic
def change(event: Kept, *, by: User, version: int | None = None, note: str = "", **facts: Any) -> Kept:
    """Change time, place or anything else; whoever is expected is told."""
    event = step(claim(event, rules.may_change, by=by, version=version), "event changed", by=by, note=note, **facts)
    letters.tell_changed(event)
    return event


@transaction.atomic
def announce(event: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Tell those who are invited."""
    event = claim(event, rules.may_announce, by=by, version=version)
    event = step(event, "event announced", to=event.State.ANNOUNCED, pair="announced", by=by, note=note)
    letters.tell_announced(event)
    return event


@transaction.atomic
def sign_up(event: Event, *, by: User, person: User | None = None, unit: str = "") -> Any:
    """Put a person on the list; two who want the last place meet at the event's row."""
    event, person = lock(event), person or by
    require(rules.may_sign_up(by, event, person))
    late = event.sign_up_until is not None and timezone.localdate() > event.sign_up_until
    facts = {"name": str(person), "unit": unit, "signed_up_at": timezone.now(), "signed_up_by": by, "is_late": late}
    line, __ = event.roll.update_or_create(person=person, defaults=facts | _OFF)
    record(event, "event signed up", by=by, after={"person": str(person)})
    return line


@transaction.atomic
def sign_off(event: Event, *, by: User, person: User | None = None) -> Event:
    """Take a person off the list; the line stays, and the place is free."""
    event, person = lock(event), person or by
    require(rules.may_sign_off(by, event, person))
    # Who is not expected any more was not there either, whatever the roll said before.
    event.roll.filter(person=person).update(signed_off_at=timezone.now(), signed_off_by=by, presence="", hours=0)
    record(event, "event signed off", by=by, after={"person": str(person)})
    return event


@transaction.atomic
def add_guest(event: Event, *, by: User, name: str, unit: str = "") -> Any:
    """Put somebody without an account on the list."""
    event = claim(event, rules.may_change, by=by)
    if there := event.roll.filter(person=None, name=name, unit=unit).first():
        return there
    require(rules.has_room(event))
    line = event.roll.create(name=name, unit=unit, signed_up_by=by)
    record(event, "event signed up", by=by, after={"person": name})
    return line


@transaction.atomic
def write_roll(
    event: Kept,
    *,
    by: User,
    presences: Mapping[int, str],
    version: int | None = None,
    hours: Mapping[int, Decimal] | None = None,
) -> Kept:
    """Say who was there: presences by the key of the line, hours where they are not those of the event."""
    event, hours = claim(event, rules.may_write_roll, by=by, version=version), hours or {}
    lines = list(event.signed_up().filter(pk__in=presences))
    for line in lines:
        line.presence = presences[line.pk]
        was_there = line.presence == line.Presence.PRESENT
        line.hours = hours.get(line.pk, event.hours) if was_there else 0
    event.roll.model.objects.bulk_update(lines, ["presence", "hours"])
    return step(event, "event roll", by=by)


@transaction.atomic
def hold(event: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Sign the roll: it was held, and who was there does not change any more."""
    event = claim(event, rules.may_hold, by=by, version=version)
    return step(event, "event held", to=event.State.HELD, pair="held", by=by, note=note)


@transaction.atomic
def evaluate(event: Kept, *, by: User, evaluation: str, version: int | None = None, note: str = "") -> Kept:
    """Say what came of it."""
    event = claim(event, rules.may_evaluate, by=by, version=version)
    return step(event, "event evaluated", pair="evaluated", by=by, note=note, evaluation=evaluation)


@transaction.atomic
def close(event: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Close it."""
    event = claim(event, rules.may_close, by=by, version=version)
    return step(event, "event closed", to=event.State.CLOSED, pair="closed", by=by, note=note)


@transaction.atomic
def cancel(event: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Cancel it; whoever is expected is told."""
    event = claim(event, rules.may_cancel, by=by, version=version)
    event = step(event, "event cancelled", to=event.State.CANCELLED, pair="cancelled", by=by, note=note)
    letters.tell_cancelled(event, note)
    return event


_OFF = {"signed_off_at": None, "signed_off_by": None}
