"""The cells of a text file: any line ends; comma, semicolon, tab, or the sign that its first line names."""

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import LAST_ROW, SheetRefused, Value

if TYPE_CHECKING:
    from fsul_portal.sheets.reader import Pool
    from fsul_portal.sheets.texts.encodings import Text

DELIMITERS = (",", ";", "\t")
# A line of nothing but commas costs eight bytes for each.
LONGEST_LINE = 2 * 1024 * 1024
# Excel reads such a first line, and does not show it.
SEPARATOR = re.compile(r'"?sep=([^"\r\n])"?[\s,;]*', re.IGNORECASE)


def read_rows(text: "Text", pool: "Pool") -> Iterator[tuple[int, list[Value]]]:
    """Read the rows that hold something as (number, values), counted as Excel counts them."""
    number = 0
    try:
        for number, line in enumerate(lines_of(text.opened()), 1):
            if number > LAST_ROW:
                raise SheetRefused(_("The file has more lines than Excel can show. Delete the empty ones."))
            values: list[Value] = [pool.keep(cell) or None if cell else None for cell in line]
            if any(value is not None for value in values):
                yield number, values
    except csv.Error as error:
        raise SheetRefused(
            _("Row %(row)s cannot be read: a quotation mark is not closed, or a cell is too long."), row=number + 1
        ) from error


def lines_of(file: TextIO, *, strict: bool = True) -> Iterator[list[str]]:
    """Read the lines of an open text as lists of cells."""
    header = file.readline(LONGEST_LINE)
    named = SEPARATOR.fullmatch(header)
    if not named:
        file.seek(0)
    return csv.reader(bounded_lines(file), delimiter=named[1] if named else find_delimiter(header), strict=strict)


def place_in(before: str) -> tuple[int, int]:
    """Name the row and the column, both from 1, in which a text that was cut here ends."""
    rows, last = 0, [""]
    try:
        for line in lines_of(io.StringIO(before, newline=""), strict=False):
            rows, last = rows + 1, line
    except csv.Error:
        return rows + 1, 1
    return (rows + 1, 1) if before.endswith(("\n", "\r")) else (max(rows, 1), max(len(last), 1))


def bounded_lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise SheetRefused(_("The file has a line of more than two million characters. It is not read."))
        yield line


def find_delimiter(header: str) -> str:
    """Take the sign that cuts the first row into the most columns; the comma wins a draw."""
    return max(DELIMITERS, key=lambda sign: columns(header, sign))


def columns(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0
