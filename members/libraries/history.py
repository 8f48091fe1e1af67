"""Tell a library's story: what held from when to when, who entered it, and what stands around it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.grammar.words import Words
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record
from fsul_portal.rooms import offered
from members.libraries.models import BEGINNING, Spell
from members.libraries.words import ACTS, changes_in_words

RECORDS_SHOWN = 50


class Ahead(NamedTuple):
    """A change of a library that is approved and not yet in force; other rooms offer it in the place `library`."""

    library_id: int
    day: date
    title: Words
    sentence: str


def ahead_of(libraries: Collection[int], day: date) -> dict[int, list[Ahead]]:
    """Return what lies ahead of libraries, the next first; seen from another day than today nothing does."""
    found = defaultdict(list)
    for one in sorted(offered("library", libraries), key=lambda one: one.day) if day == timezone.localdate() else ():
        found[one.library_id].append(one)
    return found


def history_of(library, names):
    """Return the days on which something about a library became different, newest first."""
    turns: list[dict] = []
    before: Spell | None = None
    for spell in library.spells.known().select_related("district", "town", "parent", "recorded_by").order_by("since"):
        follows = before is not None and before.until == spell.since
        if before is not None and not follows:
            turns.append({"kind": "left", "day": before.until, "spell": before})
        changes = changes_in_words(before.as_facts(), spell.as_facts(), names) if before is not None and follows else []
        kind = "changed" if follows else "joined"
        turns.append({"kind": kind, "day": spell.since, "spell": spell, "changes": changes})
        before = spell
    if before is not None and before.until:
        turns.append({"kind": "left", "day": before.until, "spell": before})
    for turn in turns:
        turn["from_the_beginning"] = turn["day"] == BEGINNING
    return turns[::-1]


def superseded_of(library):
    """Return what the registry said of a library at earlier times and says no longer, latest first."""
    spells = library.spells.filter(superseded_at__isnull=False).select_related("district", "superseded_by")
    return spells.order_by("-superseded_at", "-since")


def records_of(library, names):
    """Return the acts on a library for the timeline, newest first."""
    return [
        {
            "who": record.by,
            "did": ACTS.get(record.verb) or in_words(record.verb),
            "role": _("as of %(day)s") % {"day": record.after["on"]} if record.after.get("on") else "",
            "at": record.at,
            "note": record.note,
            "changes": changes_in_words(record.before, record.after, names) if record.before else [],
        }
        for record in Record.objects.of(library)[:RECORDS_SHOWN]
    ]


def children_of(library, day):
    return Spell.objects.as_of(day).filter(parent=library).select_related("library", "town").in_office_order()


def name_parents(spells, day):
    """Give each of the spells its parent's facts of the day as `above`, with one query for all."""
    keys = {spell.parent_id for spell in spells if spell.parent_id}
    above = {one.library_id: one for one in Spell.objects.as_of(day).filter(library__in=keys)}
    for spell in spells:
        spell.above = above.get(spell.parent_id)
    return spells
