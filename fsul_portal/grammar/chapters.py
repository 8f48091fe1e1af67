"""Let a room give the reports a chapter, frozen with their figures (6.1 d)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from fsul_portal.grammar.words import Words

# What a row is about, then its cells; None is what nobody reported.
Row = list[str | int | None]


@dataclass(frozen=True)
class OfferedChapter:
    """One table of a room in every report: `rows(first_day, last_day, known_at)` is asked when the figures are frozen.

    key: under which the rows are kept for ever. columns: the heads, at least two; the first is what a row is about.
    known_at: when the period was locked, None while it is open; the registry is read as it stood then
    (`Spell.objects.as_of(last_day, known_at=known_at)`). What a row says is frozen in one language, the house's.
    also_empty: it is said too that there is nothing of it.
    """

    key: str
    title: Words
    columns: tuple[Words, ...]
    rows: Callable[[date, date, datetime | None], list[Row]]
    also_empty: bool = True


def frozen(chapter: OfferedChapter, first_day: date, last_day: date, known_at: datetime | None) -> list[Row]:
    """Return the rows as they are kept; rows of another width are a mistake of the room."""
    # Whoever freezes reads in his own language; the same figures are the same edition all the same.
    with translation.override(settings.LANGUAGE_CODE):
        rows = chapter.rows(first_day, last_day, known_at)
    odd = [row for row in rows if len(row) != len(chapter.columns)]
    if odd:
        raise ValueError(f"{chapter.key}: {odd[0]!r} has not {len(chapter.columns)} cells.")
    return rows
