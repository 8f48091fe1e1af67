"""Change what the registry says; nothing is ever deleted, and no code is used twice (6.2.1 e)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.records.actions import record
from members.libraries.models import Library, Spell


class FactsRefused(ValueError):
    """Carry the sentence that says why the registry cannot say this, and the field it concerns."""

    def __init__(self, field, sentence):
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@transaction.atomic
def open_library(code, facts, *, since, until=None, by=None, reason=""):
    """Enter a new library, or let one that has left come back from that day (6.2.1 e)."""
    library, __ = Library.objects.get_or_create(code=code, defaults={"entered_by": by})
    library = Library.objects.select_for_update().get(pk=library.pk)
    if library.spells.known().filter(until__isnull=True).exists():
        raise FactsRefused("code", _("The library %(code)s is in the system already.") % {"code": code})
    spell = _spell(library, facts, since, until, by, reason)
    check_facts(spell)
    spell.save(force_insert=True)
    record(library, "opened", by=by, after=spell.as_facts() | {"since": since}, note=reason)
    return library


@transaction.atomic
def change_facts(library, facts, *, on, by=None, reason=""):
    """Let facts be others from that day on (6.2.1 e).

    Later spells follow, as far as they had the same value as before; what they say of their own stays. `on` may lie in
    the past: the rows are superseded, not changed. Returns the spell that begins (or began) on that day.
    """
    library = Library.objects.select_for_update().get(pk=library.pk)
    affected = list(library.spells.known().overlapping(on, on.max).select_related("district", "town", "parent"))
    covering = next((spell for spell in affected if spell.since <= on), None)
    if covering is None:
        raise FactsRefused("on", _("The library does not belong to the system on %(day)s.") % {"day": on})
    before = covering.as_facts()
    follows = {field: value for field, value in facts.items() if getattr(covering, field) != value}
    if not follows:
        return covering
    old = {field: getattr(covering, field) for field in follows}
    first = None
    for spell in affected:
        mine = {field: value for field, value in follows.items() if getattr(spell, field) == old[field]}
        if mine:
            changed = _replace(spell, mine, max(on, spell.since), by, reason)
            first = first or changed
    record(library, "changed", by=by, before=before, after=first.as_facts() | {"since": on}, note=reason)
    return first


@transaction.atomic
def close_library(library, *, on, by=None, reason=""):
    """Let a library leave the system; `on` is the first day on which it no longer belongs (6.2.1 e)."""
    library = Library.objects.select_for_update().get(pk=library.pk)
    last = library.spells.known().overlapping(on, on.max)
    covering = [spell for spell in last if spell.since < on]
    if not covering:
        raise FactsRefused("on", _("The library does not belong to the system on %(day)s.") % {"day": on})
    _supersede(last, by)
    for spell in covering:
        _copy(spell, {}, spell.since, on, by, reason).save(force_insert=True)
    record(library, "closed", by=by, after={"until": on}, note=reason)
    return library


def check_facts(spell):
    """Refuse what cannot be true: a level its parent cannot have, a circle, a town of another district."""
    parent_facts = spell.parent.facts_on(spell.since) or spell.parent.facts if spell.parent_id else None
    check_parent_level(spell.level, parent_facts.level if parent_facts else None, bool(spell.parent_id))
    if spell.parent_id and spell.library_id in _line_of(spell.parent):
        raise FactsRefused("parent", _("The library would stand above itself."))
    if spell.town_id and spell.town.parent_id != spell.district_id:
        raise FactsRefused(
            "town",
            _("%(town)s does not belong to %(district)s.") % {"town": spell.town, "district": spell.district},
        )


def check_parent_level(level, parent_level, has_parent):
    """Refuse a parent whose level does not fit, or none where one is due."""
    allowed = Spell.PARENT_LEVELS[Spell.Level(level)]
    if not has_parent and allowed:
        raise FactsRefused("parent", _("A %(level)s needs a parent library.") % {"level": Spell.Level(level).label})
    if has_parent and parent_level not in allowed:
        raise FactsRefused(
            "parent",
            _("A %(level)s cannot stand under a %(parent)s.")
            % {
                "level": Spell.Level(level).label,
                "parent": Spell.Level(parent_level).label if parent_level else _("library outside the system"),
            },
        )


def _line_of(library):
    """Return the primary keys from a library up to the top; levels bound the length."""
    line = []
    while library is not None and library.pk not in line:
        line.append(library.pk)
        facts = library.facts_on(timezone.localdate())
        library = facts.parent if facts else None
    return line


def _replace(spell, changes, on, by, reason):
    """Supersede a spell by one with the changes from `on`, and one without before it where days are left."""
    _supersede(Spell.objects.filter(pk=spell.pk), by)
    if spell.since < on:
        _copy(spell, {}, spell.since, on, by, spell.reason).save(force_insert=True)
    changed = _copy(spell, changes, on, spell.until, by, reason)
    check_facts(changed)
    changed.save(force_insert=True)
    return changed


def _supersede(spells, by):
    spells.update(superseded_at=timezone.now(), superseded_by=by)


def _copy(spell, changes, since, until, by, reason):
    facts = {field: getattr(spell, field) for field in Spell.FACTS} | changes
    return _spell(spell.library, facts, since, until, by, reason)


def _spell(library, facts, since, until, by, reason):
    spell = Spell(library=library, since=since, until=until, recorded_by=by, reason=reason[:200], **facts)
    spell.level_rank = Spell.RANKS[Spell.Level(spell.level)]
    return spell
