"""Begin a thing once, take hold of it, and take it a step on; each inside the caller's transaction."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from fsul_portal.acts.versions import require_version
from fsul_portal.records.actions import record
from fsul_portal.verdicts import Unready, Verdict, require

Thing = TypeVar("Thing", bound=models.Model)


def begin(thing: Thing, verb: str, *, by: Any, token: str = "") -> Thing:
    """Keep a new thing with its record; the same form sent twice makes one."""
    require_faultless(thing)
    thing.started_by = by  # type: ignore[attr-defined]
    if token:
        thing.form_token = token  # type: ignore[attr-defined]
    made = type(thing)._default_manager.filter(started_by=by, form_token=thing.form_token)  # type: ignore[attr-defined]
    if found := made.first():
        return found
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        # The same form, sent at the same moment, was faster; anything else is a fault of ours.
        if found := made.first():
            return found
        raise
    record(thing, verb, by=by)
    return thing


def lock(thing: Thing) -> Thing:
    """Return the thing as it is now, locked until the end of the transaction."""
    return type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)


def claim(thing: Thing, rule: Callable[[Any, Any], Verdict], *, by: Any, version: int | None = None) -> Thing:
    """Lock the thing, ask the rule of it as it is now, and hold the form to the version that it was drawn from."""
    thing = lock(thing)
    require(rule(by, thing))
    require_version(thing, version)
    return thing


def step(thing: Thing, verb: str, *, by: Any, to: str = "", pair: str = "", note: str = "", **facts: Any) -> Thing:
    """Change a thing that was claimed, and remember it: another state, a pair of who and when, facts."""
    before = _told(thing, facts) | ({"state": thing.state} if to else {})  # type: ignore[attr-defined]
    if to:
        thing.become(to)  # type: ignore[attr-defined]
    if pair:
        facts |= {f"{pair}_at": timezone.now(), f"{pair}_by": by}
    facts["version"] = thing.version + 1  # type: ignore[attr-defined]
    for field, value in facts.items():
        setattr(thing, field, value)
    require_faultless(thing)
    thing.save(update_fields=[*facts, *(["state"] if to else [])])
    after = _told(thing, before)
    record(thing, verb, by=by, before=before, after=after, note=note)
    return thing


def require_faultless(thing: Any) -> None:
    faults = thing.faults()
    if faults:
        raise Unready(faults)


def _told(thing: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Return facts as a record keeps them: people and places by name."""
    values = {field: getattr(thing, field) for field in fields}
    return {field: str(value) if isinstance(value, models.Model) else value for field, value in values.items()}
