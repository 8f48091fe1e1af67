"""Say what the network was at the end of a period, and what changed in it (6.2.1 e)."""

from collections import Counter
from datetime import timedelta

from members.libraries.models import Spell


def network(first_day, last_day):
    """Return the counts at the end of the period and the libraries opened, closed and moved in it."""
    at_end = list(Spell.objects.as_of(last_day).values_list("level", "district__code"))
    levels = Counter(level for level, __ in at_end)
    changes = _changes(first_day, last_day)
    return {
        "libraries": len(at_end),
        "by_level": {level: levels[level] for level in Spell.Level.values},
        "by_district": dict(sorted(Counter(code for __, code in at_end).items())),
        **changes,
    }


def _changes(first_day, last_day):
    touched = Spell.objects.known().filter(since__gte=first_day, since__lte=last_day)
    ended = Spell.objects.known().filter(until__gte=first_day, until__lte=last_day + timedelta(days=1))
    libraries = {*touched.values_list("library_id", flat=True), *ended.values_list("library_id", flat=True)}
    spells = (
        Spell.objects.known()
        .filter(library_id__in=libraries)
        .select_related("library")
        .order_by("library__code", "since")
    )
    by_library: dict[int, list[Spell]] = {}
    for spell in spells:
        by_library.setdefault(spell.library_id, []).append(spell)
    opened, closed, moved = [], [], []
    for line in by_library.values():
        for before, spell in zip([None, *line], [*line, None], strict=True):
            _note_change(before, spell, first_day, last_day, opened, closed, moved)
    return {"opened": opened, "closed": closed, "moved": moved}


def _note_change(before, spell, first_day, last_day, opened, closed, moved):
    """Compare two spells that follow each other; either may be missing."""
    joined = before is not None and spell is not None and before.until == spell.since
    if spell and not joined and first_day <= spell.since <= last_day:
        opened.append({"code": spell.library.code, "name": spell.name, "on": spell.since.isoformat()})
    if before and not joined and before.until and first_day <= before.until - timedelta(days=1) <= last_day:
        closed.append({"code": before.library.code, "name": before.name, "on": before.until.isoformat()})
    if joined and before.address != spell.address and first_day <= spell.since <= last_day:
        moved.append(
            {
                "code": spell.library.code,
                "name": spell.name,
                "on": spell.since.isoformat(),
                "before": before.address,
                "after": spell.address,
            }
        )
