"""Tell a library's story: what held from when to when, who entered it, and what stands around it."""

from django.utils.translation import gettext as _

from fsul_portal.records.models import Record
from members.libraries.models import BEGINNING, Spell
from members.libraries.words import ACTS, changes_in_words

RECORDS_SHOWN = 50


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
            "did": ACTS.get(record.verb, record.verb),
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
