"""What lies over the cells of a sheet: merged cells, hidden rows and columns."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import Words
from fsul_portal.sheets.numbers import MARKS
from fsul_portal.sheets.refusals import Choice, Limits, Note, SheetUnclear, Shown, Value, damaged
from fsul_portal.sheets.spelling import BLANKS, as_written, half_width
from fsul_portal.sheets.workbooks.grid import Grid

if TYPE_CHECKING:
    from fsul_portal.sheets.reader import Row, Sheet

READ, SKIP = "read", "skip"
NAMED = 12


def fill_merged(rows: "list[Row]", merged: list[tuple[int, int, int, int]], limits: Limits) -> int:
    """Let each cell under a merged one say what is seen there; return how many ranges were met below the headings.

    Rows which hold nothing else stay what they are: no rows.
    """
    numbers = [row.number for row in rows]
    work = met = 0
    for first, last, left, right in merged:
        start, end = bisect_left(numbers, max(first, 2)), bisect_left(numbers, last + 1)
        work += (end - start) * len(rows[0].line) + 1
        if work > limits.cells:
            raise damaged()
        if start < end and numbers[start] == first and left <= len(rows[0].line):
            met += fill(rows[start:end], left - 1, right)
    return met


def fill(rows: "list[Row]", left: int, right: int) -> int:
    """Spread the value of the first cell over its rows, and a mark over its columns too."""
    found = rows[0].line[left]
    spread = None
    if found is not None:
        value, text = (found.value, found.text) if isinstance(found, Shown) else (found, as_written(found))
        spread = Shown(value, text, merged=True)
    width = min(right, len(rows[0].line)) - left
    # What a program has left below a merged cell, nobody sees.
    seen = [spread] * width if is_mark(found) else [spread, *[None] * (width - 1)]
    for row in rows:
        row.line = (*row.line[:left], *seen, *row.line[left + width :])
    return int(found is not None)


def is_mark(value: Value) -> bool:
    """Tell what stands for no figure, and so may hold for several columns."""
    return isinstance(value, str) and BLANKS.sub("", half_width(value)).casefold() in MARKS


def settle_hidden(grid: Grid, sheet: "Sheet", wish: str | None) -> None:
    """Ask what hidden rows and columns mean, then leave them in or take them out, with a note."""
    rows = [row.number for row in sheet.rows if row.number in grid.hidden_rows]
    columns = hidden_places(grid, sheet)
    if not rows and not columns:
        return
    words = {"rows": short(map(str, rows)), "columns": short(sheet.headers[place] for place in columns)}
    if wish not in (READ, SKIP):
        choices = [Choice(READ, label=_("Read them too")), Choice(SKIP, label=_("Leave them out"))]
        raise SheetUnclear("hidden", choices, question(rows, columns), **words)
    sheet.notes.append(Note("hidden", (told if wish == READ else untold)(rows, columns), **words))
    if wish == SKIP:
        take_out(sheet, set(rows), set(columns))


def hidden_places(grid: Grid, sheet: "Sheet") -> list[int]:
    """List the hidden columns in which a row holds something."""
    places = [
        place
        for place in range(len(sheet.headers))
        if any(first <= place + 1 <= last for first, last in grid.hidden_columns)
    ]
    return [place for place in places if any(row.line[place] is not None for row in sheet.rows)]


def take_out(sheet: "Sheet", rows: set[int], columns: set[int]) -> None:
    """Leave hidden rows and columns out; what is left keeps its row numbers and its headings."""
    left = [place for place in range(len(sheet.headers)) if place not in columns]
    sheet.skipped = [sheet.headers[place] for place in sorted(columns)]
    sheet.headers = [sheet.headers[place] for place in left]
    positions = {header: index for index, header in enumerate(sheet.headers)}
    sheet.rows = [row for row in sheet.rows if row.number not in rows]
    for row in sheet.rows:
        row.positions = positions
        row.line = tuple(row.line[place] for place in left)


def question(rows: list[int], columns: list[int]) -> Words:
    if rows and columns:
        return _(
            "Rows %(rows)s and columns %(columns)s are hidden. Show them and send the file again, or say whether they"
            " are meant."
        )
    if rows:
        return _("Hidden rows: %(rows)s. Show them and send the file again, or say whether they are meant.")
    return _("Hidden columns: %(columns)s. Show them and send the file again, or say whether they are meant.")


def told(rows: list[int], columns: list[int]) -> Words:
    if rows and columns:
        return _("Rows %(rows)s and columns %(columns)s are hidden; they were read.")
    return _("Hidden rows were read: %(rows)s.") if rows else _("Hidden columns were read: %(columns)s.")


def untold(rows: list[int], columns: list[int]) -> Words:
    if rows and columns:
        return _("Rows %(rows)s and columns %(columns)s are hidden; they were not read.")
    return _("Hidden rows were not read: %(rows)s.") if rows else _("Hidden columns were not read: %(columns)s.")


def short(words: Iterable[str]) -> str:
    words = list(words)
    return "、".join(words[:NAMED]) + ("…" if len(words) > NAMED else "")
