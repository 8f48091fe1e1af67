"""Let a room give the reports a chapter, frozen with their figures (6.1 d)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fsul_portal.grammar.words import Words

# What a row is about, then its cells; None is what nobody reported.
Row = list[str | int | None]


@dataclass(frozen=True)
class OfferedChapter:
    """One table of a room in every report: `rows(first_day, last_day)` is asked once, when the figures are frozen.

    key: under which the rows are kept for ever. columns: the heads, at least two; the first is what a row is about.
    """

    key: str
    title: Words
    columns: tuple[Words, ...]
    rows: Callable[[date, date], list[Row]]


def frozen(chapter: OfferedChapter, first_day: date, last_day: date) -> list[Row]:
    """Return the rows as they are kept; rows of another width are a mistake of the room."""
    rows = chapter.rows(first_day, last_day)
    odd = [row for row in rows if len(row) != len(chapter.columns)]
    if odd:
        raise ValueError(f"{chapter.key}: {odd[0]!r} has not {len(chapter.columns)} cells.")
    return rows
