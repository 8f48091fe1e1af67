"""Say what the network was at the end of a period, and what changed in it (6.2.1 e)."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from members.libraries.models import Spell


def network(first_day: date, last_day: date, *, known_at: datetime | None = None) -> dict[str, Any]:
    """Return the counts at the end of the period and the libraries opened, closed and moved in it.

    `known_at` asks the registry as it stood then: when the period was locked.
    """
    at_end = list(Spell.objects.as_of(last_day, known_at=known_at).values_list("level", "district__code"))
    levels = Counter(level for level, __ in at_end)
    changes = _changes(first_day, last_day, known_at)
    return {
        "libraries": len(at_end),
        "by_level": {level: levels[level] for level in Spell.Level.values},
        "by_district": dict(sorted(Counter(code for __, code in at_end).items())),
        **changes,
    }


def _changes(first_day, last_day, known_at):
    known = Spell.objects.known(known_at)
    touched = known.filter(since__gte=first_day, since__lte=last_day)
    ended = known.filter(until__gte=first_day, until__lte=last_day + timedelta(days=1))
    libraries = {*touched.values_list("library_id", flat=True), *ended.values_list("library_id", flat=True)}
    spells = (
        known.filter(library_id__in=libraries).select_related("library", "district").order_by("library__code", "since")
    )
    by_library: dict[int, list[Spell]] = {}
    for spell in spells:
        by_library.setdefault(spell.library_id, []).append(spell)
    found: dict[str, list[dict]] = {"opened": [], "closed": [], "moved": [], "transferred": []}
    for line in by_library.values():
        for before, spell in zip([None, *line], [*line, None], strict=True):
            _note_change(before, spell, first_day, last_day, found)
    return found


def _note_change(before, spell, first_day, last_day, found):
    """Compare two spells that follow each other; either may be missing."""
    joined = before is not None and spell is not None and before.until == spell.since
    begins = spell is not None and first_day <= spell.since <= last_day
    if begins and not joined:
        found["opened"].append(_event(spell, spell.since))
    if before and not joined and before.until and first_day <= before.until - timedelta(days=1) <= last_day:
        found["closed"].append(_event(before, before.until))
    if begins and joined and before.address != spell.address:
        found["moved"].append(_event(spell, spell.since) | {"before": before.address, "after": spell.address})
    if begins and joined and before.district_id != spell.district_id:
        places = {"before": before.district.code, "after": spell.district.code}
        found["transferred"].append(_event(spell, spell.since) | places)


def _event(spell, day):
    return {"code": spell.library.code, "name": spell.name, "on": day.isoformat()}
