"""Say what cannot be true of a library; a single change and a load of thousands ask the same questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from members.libraries.models import Library, Spell
from members.periods.models import period_days
from members.periods.rules import locked_months_touched, named

if TYPE_CHECKING:
    from members.libraries.course import Course

LIBRARIES_NAMED = 12
MONTHS_NAMED = 6


class FactsRefused(ValueError):
    """Carry the sentence that says why the registry cannot say this, and the field it concerns."""

    def __init__(self, field, sentence):
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def stored(library, day):
    """Return what the registry says of a library on a day, or today where it did not belong on that day."""
    return library.facts_on(day) or library.facts


def check_facts(spell, facts_of=stored):
    """Refuse what cannot be true; `facts_of(library, day)` says what is true of a parent."""
    for refusal in objections(spell, facts_of):
        raise refusal


def stored_along(library: Library, first: date, end: date | None) -> list[Spell]:
    """Return what the registry says of a library from a day to the day before another one, in the order of time."""
    return list(Spell.objects.known().filter(during(first, end), library=library).order_by("since"))


def during(first: date, end: date | None) -> Q:
    """Return the condition that a spell covers one of the days from `first` to the day before `end`."""
    begun = Q(until__isnull=True) | Q(until__gt=first)
    return begun if end is None else begun & Q(since__lt=end)


def objections(
    spell: Spell, facts_of: Callable[..., Any] = stored, along: Callable[..., list[Spell]] = stored_along
) -> Iterator[FactsRefused]:
    """Give every refusal a spell deserves: a level its parent cannot have, a circle, a town of another district."""
    parent = facts_of(spell.parent, spell.since) if spell.parent else None
    yield from level_objections(spell.level, parent.level if parent else None, spell.parent is not None)
    if spell.parent:
        yield from later_objections(spell, along(spell.parent, spell.since, spell.until))
    if spell.parent and spell.library.code in line_of(spell.parent, spell.since, facts_of):
        yield FactsRefused("parent", _("The library would stand above itself."))
    if spell.town and spell.town.parent_id != spell.district_id:
        yield FactsRefused(
            "town",
            _("%(town)s does not belong to %(district)s.") % {"town": spell.town, "district": spell.district},
        )


def level_objections(level, parent_level, has_parent):
    """Refuse a parent whose level does not fit, or none where one is due."""
    allowed = Spell.PARENT_LEVELS[Spell.Level(level)]
    if not has_parent and allowed:
        yield FactsRefused("parent", _("A %(level)s needs a parent library.") % {"level": Spell.Level(level).label})
    if has_parent and parent_level not in allowed:
        parent = Spell.Level(parent_level).label if parent_level else _("library outside the system")
        yield FactsRefused(
            "parent",
            _("A %(level)s cannot stand under a %(parent)s.") % {"level": Spell.Level(level).label, "parent": parent},
        )


def later_objections(spell: Spell, above: list[Spell]) -> Iterator[FactsRefused]:
    """Refuse a parent that is known to leave, or to become too low, while the library is to stand under it."""
    day = above[0].since if above else None
    for one in above:
        if one.since != day:
            break
        if one.since > spell.since and one.level not in Spell.PARENT_LEVELS[Spell.Level(spell.level)]:
            words = {"parent": one.name, "level": Spell.Level(one.level).label, "day": one.since}
            yield FactsRefused("parent", _("%(parent)s becomes a %(level)s on %(day)s.") % words)
            return
        day = one.until
    if day is not None and (spell.until is None or day < spell.until):
        words = {"parent": above[0].name, "day": day}
        yield FactsRefused("parent", _("%(parent)s leaves the system on %(day)s.") % words)


def check_children(spell: Spell, children: Iterable[Spell]) -> None:
    """Refuse a level which the libraries under it cannot have above them."""
    for child in children:
        if spell.level not in Spell.PARENT_LEVELS[Spell.Level(child.level)]:
            raise FactsRefused(
                "level",
                _("%(child)s stands under it: a %(level)s cannot stand under a %(parent)s.")
                % {
                    "child": child.name,
                    "level": Spell.Level(child.level).label,
                    "parent": Spell.Level(spell.level).label,
                },
            )


def check_days(course: "Course", months: Any = None) -> None:
    """Refuse to take days from months that are locked: their figures would count for nobody."""
    lost = course.days_lost()
    touched = locked_months_touched(lost, months) if lost else []
    if touched:
        sentence = _("The library would no longer belong in months that are locked: %(months)s. They stay as they are.")
        sentence %= {"months": named(touched[:MONTHS_NAMED])}
        if lost[0][0] == course.stored[0].since:
            raise FactsRefused("since", sentence)
        first = period_days(touched[-1])[1] + timedelta(days=1)
        told = _("The first day outside the system can be %(day)s at the earliest.") % {"day": first}
        raise FactsRefused("until", f"{sentence} {told}")


def check_left_behind(course: "Course", planned: Any = None) -> None:
    """Refuse that a library leaves while others stand under it; `planned` gives the courses of a file, by code."""
    for first, end in course.days_lost():
        codes = _left_behind(course.library, first, end, {code: one.spells for code, one in (planned or {}).items()})
        if codes:
            names = ", ".join(sorted(codes)[:LIBRARIES_NAMED]) + (" …" if len(codes) > LIBRARIES_NAMED else "")
            sentence = _(
                "%(count)s libraries still stand under it from %(day)s: %(names)s. Give them another parent first, or "
                "let them leave with it."
            )
            field = "since" if first == course.stored[0].since else "until"
            raise FactsRefused(field, sentence % {"count": len(codes), "day": first, "names": names})


def _left_behind(library: Library, first: date, end: date | None, planned: Mapping[str, list[Spell]]) -> set[str]:
    """Return the codes of those who stand under a library on some of these days; what is planned goes before."""
    under = Spell.objects.known().filter(during(first, end), parent=library)
    codes = set(under.order_by().values_list("library__code", flat=True)) - planned.keys()
    return codes | {code for code, spells in planned.items() if stands_under(spells, library, first, end)}


def stands_under(spells: Iterable[Spell], library: Library, first: date, end: date | None) -> bool:
    """Return whether somebody with these spells is to stand under a library on some of these days."""
    return any(
        spell.parent == library and (spell.until is None or spell.until > first) and (end is None or spell.since < end)
        for spell in spells
    )


def line_of(library, day, facts_of):
    """Return the codes from a library up to the top; who stands higher than there are levels is refused anyway."""
    line: list[str] = []
    while library is not None and len(line) < len(Spell.Level):
        line.append(library.code)
        facts = facts_of(library, day)
        library = facts.parent if facts else None
    return line
