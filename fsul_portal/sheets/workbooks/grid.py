"""The cells of one sheet of a workbook, row by row."""

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.cells import Since1904
from fsul_portal.sheets.refusals import LAST_ROW, SheetRefused, Shown, Value, damaged
from fsul_portal.sheets.workbooks.formats import moment_shown, number_shown
from fsul_portal.sheets.workbooks.markup import CELL_ELEMENTS, Attributes, RichText
from fsul_portal.sheets.workbooks.workbook import Format, Workbook, is_true

if TYPE_CHECKING:
    from fsul_portal.sheets.reader import Pool

LAST_COLUMN = 16_384
# openpyxl counts a time without a day from here.
DAY_ZERO = date(1900, 1, 1)
CORNERS = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", re.ASCII)
NUMBER_TEXT = 400


# A sheet whose first cells lie further down holds no table.
GLANCE = 20_000
SHARED_NUMBERS, SHARED_DIGITS = 50_000, 6
# What may stand between the cells and the merged ones; after it nothing is read.
LAST_SECTION = "mergeCells"
PAST_MERGES = {"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"}


class Grid(RichText):
    """Read the rows that hold something as (number, values); a row ends with its last value.

    Once it has been read, `hidden_rows`, `hidden_columns` and `merged` tell what was seen beside the values.
    """

    at_most = CELL_ELEMENTS

    def __init__(self, book: Workbook, path: str, pool: "Pool") -> None:
        limits = pool.limits
        super().__init__(book.package.blocks(path, at_most=limits.unpacked))
        self.longest_text = limits.cell_text
        self.limits = limits
        self.book = book
        self.pool = pool
        self.columns: dict[str, int] = {}
        self.numbers: dict[tuple[str | None, str], Value] = {}
        self.row = self.column = self.written = 0
        self.cells: list[tuple[int, Value]] = []
        self.found: list[tuple[int, list[Value]]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.row_hidden = self.zeros_hidden = False
        self.kind = "n"
        self.style: str | None = None
        self.formula = self.valued = False
        self.is_whole = True

    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        for _block in self.read():
            yield from self.found
            self.found.clear()

    def first_rows(self, count: int) -> list[list[Value]]:
        """Look at the first rows and leave the rest unread; tell in `is_whole` whether they could be read."""
        try:
            for _block in self.read():
                self.done = self.done or len(self.found) >= count or self.met > GLANCE
        except SheetRefused:
            self.is_whole = False
        return [values for _number, values in self.found[:count]]

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.begin_cell(attributes)
        elif name == "v":
            self.listening = self.valued = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.begin_row(attributes)
        elif name == "is":
            self.valued = True
        elif name == "col":
            self.begin_column(attributes)
        elif name == "mergeCell":
            self.begin_merged(attributes)
        elif name == "sheetView":
            self.zeros_hidden = is_false(attributes.get("showZeros"))
        elif name in PAST_MERGES:
            self.done = True
        else:
            super().begin(name, attributes)

    def finish(self, name: str) -> None:
        if name == "c":
            self.finish_cell()
        elif name == "v":
            self.listening = False
        elif name == "row":
            self.finish_row()
        elif name == LAST_SECTION:
            self.done = True
        else:
            super().finish(name)

    def begin_column(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or is_nothing(attributes.get("width")):
            self.hidden_columns.append((whole(attributes.get("min", "")), whole(attributes.get("max", ""))))
            if len(self.hidden_columns) > LAST_COLUMN:
                raise damaged()

    def begin_merged(self, attributes: Attributes) -> None:
        self.merged.append(corners(attributes.get("ref", "")))
        if len(self.merged) > self.limits.rows:
            raise damaged()

    def begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        before = self.row
        self.row = whole(number) if number else before + 1
        self.column = 0
        self.row_hidden = is_true(attributes.get("hidden")) or is_nothing(attributes.get("ht"))
        if not before < self.row <= LAST_ROW:
            raise damaged()

    def finish_row(self) -> None:
        if not self.cells:
            return
        values: list[Value] = [None] * max(column for column, _value in self.cells)
        for column, value in self.cells:
            if values[column - 1] is not None:
                raise damaged()
            values[column - 1] = value
        self.found.append((self.row, values))
        if self.row_hidden:
            self.hidden_rows.add(self.row)
        self.cells = []

    def begin_cell(self, attributes: Attributes) -> None:
        self.written += 1
        if self.written > self.limits.written_cells:
            raise SheetRefused(_("The sheet has too many cells. Delete the empty rows and columns around your table."))
        self.heard()
        self.formula = self.valued = False
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s")
        address = attributes.get("r")
        self.column = self.column_of(address) if address else self.column + 1

    def column_of(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        return self.columns.get(letters) or self.columns.setdefault(letters, column_number(letters))

    def finish_cell(self) -> None:
        text = self.heard()
        if not text:
            self.refuse_formula_without_value()
            return
        if self.column > self.limits.columns:
            raise SheetRefused(_("The sheet has more than %(limit)s columns."), limit=self.limits.columns)
        value = self.value(text)
        if value is not None:
            self.cells.append((self.column, value))

    def refuse_formula_without_value(self) -> None:
        """Tell an empty result, which Excel writes as an empty text, from a formula that nobody has worked out yet."""
        if self.formula and not (self.kind == "str" and self.valued):
            raise SheetRefused(
                _("Cell %(address)s holds a formula without a result. Save the file in Excel or WPS, then send it."),
                address=f"{column_letters(self.column)}{self.row}",
            )

    def value(self, text: str) -> Value:
        """Turn what stands in the XML into what a reader of the sheet would say stands in the cell."""
        try:
            if self.kind == "n":
                return self.number(text)
            if self.kind == "s":
                return self.book.strings[whole(text)] or None
            if self.kind == "b":
                return "TRUE" if whole(text) else "FALSE"
            if self.kind == "d":
                return self.moment(datetime.fromisoformat(text))
        except (ValueError, IndexError) as error:
            raise damaged() from error
        return self.pool.keep(text) or None

    def number(self, text: str) -> Value:
        """Share each short number with all cells which look the same."""
        if len(text) > SHARED_DIGITS:
            return self.new_number(text)
        found = self.numbers.get((self.style, text))
        if found is None:
            found = self.new_number(text)
            if len(self.numbers) < SHARED_NUMBERS:
                self.numbers[self.style, text] = found
        return found

    def new_number(self, text: str) -> Value:
        if len(text) > NUMBER_TEXT:
            raise damaged()
        number = int(text) if text.removeprefix("-").isdigit() else float(text)
        if not math.isfinite(number):
            raise damaged()
        shape = self.book.styles.get(self.style)
        if number == 0 and self.zeros_hidden:
            return Shown(number, "")
        if shape is None:
            return Since1904(number) if self.book.since_1904 and isinstance(number, int) else number
        if not shape.is_date:
            return as_formatted(number, shape)
        from openpyxl.utils.datetime import from_excel

        try:
            return self.moment(from_excel(number, self.book.epoch))
        except (ValueError, OverflowError):
            return number

    def moment(self, moment: object) -> Value:
        """Read a date, or a text where a time of day is seen; a date that shows another way is Shown."""
        if isinstance(moment, time):
            moment = datetime.combine(DAY_ZERO, moment)
        if not isinstance(moment, datetime):
            return str(moment)
        shape = self.book.styles.get(self.style)
        text, timed = (shape and moment_shown(moment, shape.code)) or (written_out(moment), moment.time() != time())
        if moment.date() <= DAY_ZERO or (timed and moment.time() != time()):
            return text
        return moment.date() if text == moment.date().isoformat() else Shown(moment.date(), text)


def as_formatted(number: float, shape: Format) -> Value:
    """Pair a number with what its format makes of it, unless both are the same."""
    text = number_shown(number, shape.code)
    if text is None or text.strip().replace(",", "") == str(number):
        return number
    return Shown(number, text.strip())


def written_out(moment: datetime) -> str:
    if moment.date() == DAY_ZERO:
        return moment.time().isoformat("seconds")
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")


def is_false(text: str | None) -> bool:
    return text in ("0", "false", "off")


def is_nothing(measure: str | None) -> bool:
    """Tell a height or width of nothing, which hides as well."""
    return measure is not None and measure.strip("0.") == ""


def corners(reference: str) -> tuple[int, int, int, int]:
    """Read B2:C3 as (first row, last row, first column, last column)."""
    match = CORNERS.fullmatch(reference)
    if not match:
        raise damaged()
    first, last = sorted((whole(match[2]), whole(match[4])))
    left, right = sorted((column_number(match[1]), column_number(match[3])))
    return first, last, left, right


def whole(text: str) -> int:
    if len(text) > 9 or not (text.isascii() and text.isdigit()):
        raise damaged()
    return int(text)


def column_number(letters: str) -> int:
    """Count A as 1 and XFD as 16,384."""
    if not letters.isascii() or not letters.isupper() or len(letters) > 3:
        raise damaged()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise damaged()
    return number


def column_letters(number: int) -> str:
    """Write 1 as A and 16,384 as XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
