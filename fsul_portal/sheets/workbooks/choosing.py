"""Choose the sheet of a workbook: the one that was named, or the first that has the headings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import Choice, Note, SheetRefused, SheetUnclear, Value
from fsul_portal.sheets.spelling import as_written, folded
from fsul_portal.sheets.workbooks.grid import Grid
from fsul_portal.sheets.workbooks.workbook import Workbook

if TYPE_CHECKING:
    from fsul_portal.sheets.reader import Pool

# Headings and a few rows, to tell one table from another.
LINES = 4
LINE_LENGTH = 120
# One known heading may be chance in a note.
FEWEST_HEADINGS = 2
MOST_SHEETS = 60


@dataclass
class Candidate:
    """A visible sheet with its first rows."""

    title: str
    path: str
    rows: list[list[Value]]
    is_whole: bool = True

    @property
    def is_filled(self) -> bool:
        """What cannot be read counts as filled, so that its own refusal is told when it is taken."""
        return bool(self.rows) or not self.is_whole

    @property
    def headings(self) -> set[str]:
        return {folded(as_written(value)) for value in self.rows[0] if value is not None} if self.rows else set()

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line_of(row) for row in self.rows)


def line_of(values: list[Value]) -> str:
    return " | ".join(as_written(value) for value in values)[:LINE_LENGTH]


def choose_sheet(
    book: Workbook, pool: "Pool", *, named: str | None = None, headings: Iterable[str] = (), aside: Iterable[str] = ()
) -> tuple[Candidate, list[Note]]:
    """Return the sheet to be read and the notes on it; raise SheetUnclear where two tables could be meant."""
    if named is not None:
        return chosen_by_name(book, pool, named)
    found = [candidate(book, pool, title, path) for title, path in book.visible[:MOST_SHEETS]]
    filled = [one for one in found if one.is_filled]
    if not filled:
        raise SheetRefused(_("The sheet is empty."))
    known = {folded(str(heading)) for heading in headings}
    taken = next((one for one in filled if is_table(one, known)), filled[0])
    refuse_rivals(taken, filled, known, {folded(str(title)) for title in aside})
    return taken, [*note_of_choice(book, taken), *note_of_others(taken, filled)]


def candidate(book: Workbook, pool: "Pool", title: str, path: str) -> Candidate:
    grid = Grid(book, path, pool)
    return Candidate(title, path, grid.first_rows(LINES), grid.is_whole)


def chosen_by_name(book: Workbook, pool: "Pool", named: str) -> tuple[Candidate, list[Note]]:
    found = next((one for one in book.visible if folded(one[0]) == folded(named)), None)
    if found is None:
        raise SheetRefused(
            _("The workbook has no visible sheet “%(named)s”. Its sheets are: %(titles)s."),
            named=named,
            titles="、".join(title for title, _path in book.visible),
        )
    others = [candidate(book, pool, *one) for one in book.visible[:MOST_SHEETS] if one != found]
    title, path = found
    taken = Candidate(title, path, [])
    return taken, note_of_others(taken, [one for one in others if one.is_filled])


def is_table(one: Candidate, known: set[str]) -> bool:
    return len(one.headings & known) >= max(1, min(FEWEST_HEADINGS, len(one.headings)))


def refuse_rivals(taken: Candidate, filled: list[Candidate], known: set[str], aside: set[str]) -> None:
    """Ask which table is meant where another sheet has rows below the same headings."""
    rivals = [
        one
        for one in filled
        if one is not taken and len(one.rows) > 1 and folded(one.title) not in aside and is_rival(one, taken, known)
    ]
    if rivals:
        tables = [taken, *rivals]
        raise SheetUnclear(
            "sheet",
            [Choice(one.title, one.lines) for one in tables],
            _("The workbook has several tables: %(titles)s. Say which one is meant."),
            titles="、".join(one.title for one in tables),
        )


def is_rival(one: Candidate, taken: Candidate, known: set[str]) -> bool:
    return one.headings == taken.headings or (bool(known) and is_table(one, known))


def note_of_choice(book: Workbook, taken: Candidate) -> list[Note]:
    if taken.title == book.visible[0][0]:
        return []
    return [Note("sheet", _("The sheet “%(title)s” was read: it has the headings."), title=taken.title)]


def note_of_others(taken: Candidate, filled: list[Candidate]) -> list[Note]:
    titles = [one.title for one in filled if one.title != taken.title]
    if not titles:
        return []
    return [Note("unread", _("These sheets were not read: %(titles)s."), titles="、".join(titles), others=titles)]
