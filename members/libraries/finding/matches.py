"""Say by what libraries are met: all that a row shows of them, its district and its town included."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.finding.hits import MOST_COUNTED, Hit, joined
from fsul_portal.finding.matches import Match, chosen, having, in_column, read
from fsul_portal.finding.pinyin import holds_word
from members.libraries.models import Library, Spell, course_along
from members.libraries.words import LOOKS


def under_parent(word: str) -> Q:
    """Meet the name of the library above, as it is called today."""
    named = in_column("name", word) | in_column("short_name", word)
    return Q(parent__in=Spell.objects.as_of().filter(named).values("library"))


# All that a row of the list of libraries shows.
ON_ROW: tuple[Match, ...] = (
    read,
    under_parent,
    chosen("level", lambda: Spell.Level.choices),
    chosen("status", lambda: Spell.Status.choices),
)


def named_ever(words: Sequence[str]) -> Q:
    """Meet a library by what it is called, or was called in its time; what was wrong and corrected does not count."""
    return Q(pk__in=_spells_ever(words))


def first_named_ever(words: Sequence[str]) -> Q:
    """Meet the same, but of a word that everything holds read no more than are counted."""
    return Q(pk__in=_spells_ever(words)[:MOST_COUNTED])


def _spells_ever(words: Sequence[str]) -> Any:
    return having(Spell.objects.known(), (read,), words).order_by().values("library")


def of_library(field: str = "library") -> Match:
    """Meet a row by the library that it leads to, by any name that it has or had: it may have left since."""
    return lambda word: Q(Exists(Spell.objects.known().filter(read(word), library=OuterRef(field))))


def with_course(libraries: Any) -> Any:
    return libraries.prefetch_related(course_along("spells"))


def library_hit(library: Library, words: Sequence[str]) -> Hit:
    """Show a library with where it lies; one met by an earlier name says so, one that has left too."""
    spells: Any = sorted(library.course_found, key=lambda spell: spell.since)  # type: ignore[attr-defined]  # fetched along
    facts = library.facts_on(timezone.localdate())
    last = facts or spells[-1]
    place = joined(library.code, last.district, last.town, last.get_level_display())
    line = joined(place, _formerly(last, spells, words))
    if facts is None:
        return Hit(last.name, library.get_absolute_url(), line, _("no longer in the system"))
    return Hit(last.name, library.get_absolute_url(), line, last.get_status_display(), LOOKS[Spell.Status(last.status)])


def _formerly(last: Spell, spells: Sequence[Spell], words: Sequence[str]) -> str:
    """Say under which earlier name it is met, where that of today does not hold a word."""
    missing = [word for word in words if not holds_word(last.search_words, word)]
    names = [spell.name for spell in reversed(spells) if any(holds_word(spell.search_words, word) for word in missing)]
    other = next((name for name in names if name != last.name), "")
    return _("formerly “%(name)s”") % {"name": other} if other else ""
