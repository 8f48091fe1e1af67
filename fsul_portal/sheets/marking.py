"""Give a table back with its mistakes marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.neutral import neutralise
from fsul_portal.sheets.reader import Sheet, read_sheet
from fsul_portal.sheets.refusals import Shown, Source, Value
from fsul_portal.sheets.spelling import bare
from fsul_portal.sheets.writer import (
    MEASURED_ROWS,
    Column,
    Formats,
    Table,
    Target,
    new_workbook,
    shape_columns,
    shape_sheet,
    sheet_title,
    widen,
    write_cell,
    write_header,
    write_table,
)

# Excel grows slow with more notes than this; the list of problems is always whole.
NOTES = 5_000
# Rows which still fit into memory several times over.
BIG = 20_000


@dataclass(frozen=True)
class Problem:
    """A sentence about a cell; without a column it is about the row, without a row about the file."""

    row: int | None
    column: str | None
    sentence: str


def mark_errors(
    original_file: Source, problems: Iterable[Problem], out: Target, *, name: str = "", **reading: Any
) -> None:
    """Write the table of `original_file` into `out` as a workbook: bad cells red with a note, and a list.

    `reading` is what `read_sheet` was told: encoding, sheet, hidden, and the words that are known.
    """
    sheet = read_sheet(original_file, name=name, **reading)
    problems = sorted(problems, key=lambda problem: problem.row or 0)
    with new_workbook(out, big=len(sheet.rows) > BIG) as book:
        formats = Formats(book)
        title = sheet_title(sheet.title or _("Table"), set())
        page = book.add_worksheet(title)
        copy_table(page, sheet, by_cell(problems, sheet), formats)
        other = book.add_worksheet(sheet_title(_("Problems"), {title.casefold()}))
        write_table(other, problem_table(problems), formats)


def by_cell(problems: Iterable[Problem], sheet: Sheet) -> dict[tuple[int, int], list[str]]:
    """Gather the sentences for each cell; one about a whole row goes to its first cell."""
    places: dict[str | None, int] = {header: index for index, header in enumerate(sheet.headers)}
    gathered: dict[tuple[int, int], list[str]] = {}
    for problem in problems:
        place = (problem.row or 1, places.get(problem.column, 0))
        gathered.setdefault(place, []).append(str(problem.sentence))
    return gathered


def copy_table(page: Any, sheet: Sheet, marked: dict[tuple[int, int], list[str]], formats: Formats) -> None:
    """Copy the rows to where they stood, so that the numbers of the problems still hold."""
    columns = [Column(header) for header in sheet.headers]
    widths = write_header(page, columns, formats)
    last = 1
    for row in sheet.rows:
        last = row.number
        for column, value in enumerate(row.line):
            look = bad_look(value, formats) if (last, column) in marked else None
            write_cell(page, last - 1, column, as_marked(value), formats, look)
        if last <= MEASURED_ROWS:
            widen(widths, [as_marked(value) for value in row.line])
    for (number, column), sentences in list(marked.items())[:NOTES]:
        page.write_comment(number - 1, column, neutralise("\n".join(sentences)), {"x_scale": 2})
    shape_columns(page, columns, widths, [formats] * len(columns), last)
    shape_sheet(page, len(columns), last - 1)


def as_marked(value: Value) -> Any:
    """Write what is seen, so that the marked table reads as the first one did; days stay days."""
    if not isinstance(value, Shown):
        return value
    if value.merged and isinstance(value.value, int | float):
        # Split without a word, it would be counted once for each row.
        return _("%(figure)s (merged)") % {"figure": value.text}
    return value.value if isinstance(value.value, date) else value.text


def bad_look(value: Value, formats: Formats) -> Any:
    return formats.bad_day if isinstance(bare(value), date) else formats.bad


def problem_table(problems: Iterable[Problem]) -> Table:
    rows = [[problem.row, problem.column, problem.sentence] for problem in problems]
    return Table(str(_("Problems")), [str(_("row")), str(_("column")), str(_("what is wrong"))], rows)
