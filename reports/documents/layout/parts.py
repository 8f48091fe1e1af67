"""Cut a long report into parts that are printed each by itself and bound together (6.2.1 j).

A part begins on a sheet of its own, so it ends only where the sheet turns anyhow, or where a table is longer than a
part may be. What is printed of a part says nothing of the parts before it: no number of a page, no running number of a
note. So it is printed once, however often the report is made anew with other figures elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .book import Chapter, Section
from .heights import CHAPTER, SECTION, ends, equal_ends, height
from .shapes import Table

# As many rows as today's system has fit into one part: nobody waits for it, and no sheet ends early.
ROWS_OF_ONE_PART = 600
# Longer reports are cut finer: several workers share them, each in 0.25 MB of memory a row, and one changed figure
# costs the printing of few others.
ROWS_A_PART = 200
FEW = 10

Part = list[Chapter]


def parts(chapters: Sequence[Chapter]) -> list[Part]:
    """Return the chapters, or pieces of them, that each part of the document holds, in their order."""
    if sum(map(_rows, chapters)) <= ROWS_OF_ONE_PART:
        return [list(chapters)]
    found: list[Part] = []
    for piece in (piece for chapter in chapters for piece in _pieces(chapter)):
        if found and not _turns(found[-1][-1], piece):
            found[-1].append(piece)
        elif found and piece.begins and sum(map(_rows, [*found[-1], piece])) <= ROWS_A_PART:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _turns(before: Chapter, piece: Chapter) -> bool:
    """Say whether the sheet turns between two pieces: chapters that stand upright share theirs."""
    return before.wide or piece.wide or not piece.begins


def _rows(chapter: Chapter) -> int:
    return sum(len(table.rows) for table in _tables(chapter))


def _tables(chapter: Chapter) -> list[Table]:
    return [*chapter.tables, *(section.table for section in chapter.sections)]


def _pieces(chapter: Chapter) -> Iterator[Chapter]:
    """Cut a chapter that is longer than a part: between its tables and sections, and within the long ones."""
    if _rows(chapter) <= ROWS_A_PART:
        yield chapter
        return
    piece, above = replace(chapter, tables=[], sections=[]), CHAPTER
    for one in [*chapter.tables, *chapter.sections]:
        table = one.table if isinstance(one, Section) else one
        # A few rows alone would leave a sheet empty: what is long follows them.
        if _rows(piece) > FEW and _rows(piece) + len(table.rows) > ROWS_A_PART * 3 // 2:
            yield piece
            piece, above = _next(chapter), 0.0
        above += SECTION
        is_of_libraries = isinstance(one, Section)
        ended = ends(table, ROWS_A_PART, above) if is_of_libraries else equal_ends(table, ROWS_A_PART)
        for at, part in enumerate(table.cut(ended)):
            if at:
                yield piece
                piece, above = _next(chapter), 0.0
            if isinstance(one, Section):
                piece.sections.append(replace(one, table=part, begins=at == 0))
            else:
                piece.tables.append(part)
            above += height(part) if is_of_libraries else 0.0
    yield piece


def _next(chapter: Chapter) -> Chapter:
    return replace(chapter, tables=[], sections=[], figures=[], paragraphs=[], begins=False)
