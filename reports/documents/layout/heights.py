"""Reckon how the rows of a long table fill the sheets, so that a piece of it ends where a sheet is full.

The printer alone knows exactly; but it prints the pieces at the same time, so where they end is reckoned before, in
millimetres, from what report.css says of the tables of libraries. An error of a row leaves a sheet a little shorter.
"""

from collections.abc import Sequence
from itertools import accumulate
from unicodedata import east_asian_width

from .shapes import Column, Row, Table

# A4 across without its margins: height, and width behind code and name.
SHEET, FIGURES = 210 - 24 - 18, 297 - 2 * 15 - 15 - 54
PT = 25.4 / 72
LINE, PADDING = 7.6 * 1.35 * PT, 2 * 0.8
HEAD_LINE, HEAD_PADDING, HEAD_CHARACTER, UNIT = 7.2 * 1.35 * PT, 2 * 1.2 + 0.6, 7.2 * PT, 0.85
NAME, CHARACTER = 54 - 2, 7.6 * PT
CAPTION, MARGIN = 10 * 1.5 * PT + 1.5, 2.0
# The title of a chapter with the signs under it, and the title of a section.
CHAPTER, SECTION = 24.0, 12 * 1.5 * PT + 7
NOTE, NOTE_WIDTH, NOTE_CHARACTER = 7.5 * 1.4 * PT + 0.4, 297 - 2 * 15 - 6, 7.5 * PT
# A sheet that is reckoned fuller than this may turn out to be two.
FULL = 0.97


def ends(table: Table, rows: int, above: float) -> list[int]:
    """Return before which rows the pieces of a table end: about so many rows each, the last sheet of each well filled.

    The last piece has what is left, up to half as much again. `above`: what stands on the sheet before the table.
    """
    found, first, total = [], 0, len(table.rows)
    while total - first > rows * 3 // 2:
        candidates = range(first + rows * 3 // 4, first + rows * 5 // 4)
        filled = dict(zip(candidates, _fillings(table, candidates, first, 0 if first else above), strict=True))
        first = max(filled, key=lambda end: (filled[end] <= FULL, filled[end], end))
        found.append(first)
    return [*found, total]


def _fillings(table: Table, candidates: range, first: int, above: float) -> list[float]:
    """Return how full the last sheet of a piece is that begins with a row and ends before each of the candidates."""
    head = head_height(table.columns)
    at, below, found = (above + head + CAPTION) % SHEET, MARGIN, []
    for end, row in enumerate(table.rows[first : candidates.stop - 1], start=first + 1):
        height = _row_height(row)
        at = head + height if at + height > SHEET else at + height
        below += sum(_note_height(note.text) for cell in row.cells for note in cell.notes)
        if end >= candidates.start:
            found.append(((at + below) % SHEET) / SHEET)
    return found


def height(table: Table) -> float:
    """Return the height of a table with its caption and what is explained under it."""
    notes = sum(_note_height(note.text) for note in table.notes)
    return head_height(table.columns) + CAPTION + sum(map(_row_height, table.rows)) + MARGIN + notes


def equal_ends(table: Table, rows: int) -> list[int]:
    """Return before which rows the pieces of a table end that are about equally long."""
    total = len(table.rows)
    pieces = max(1, -(-total // rows))
    return list(accumulate(total // pieces + (at < total % pieces) for at in range(pieces)))


def head_height(columns: Sequence[Column]) -> float:
    """Return the height of the heads of the columns."""
    width = FIGURES / max(1, len(columns) - 2) - 2 * 0.8
    lines = [
        sum(_lines(part, width, HEAD_CHARACTER) for part in column.parts) + (UNIT if column.unit else 0)
        for column in columns[2:]
    ]
    return max(lines, default=1) * HEAD_LINE + HEAD_PADDING


def _row_height(row: Row) -> float:
    return _lines(row.head, NAME, CHARACTER) * LINE + PADDING


def _note_height(text: str) -> float:
    return _lines(text, NOTE_WIDTH, NOTE_CHARACTER) * NOTE


def _lines(text: str, width: float, character: float) -> int:
    """Return how many lines a text takes; letters and digits are a good half as wide as Chinese characters."""
    wide = sum(1 if east_asian_width(one) in "WF" else 0.58 for one in text) * character
    return max(1, -int(-wide // width))
