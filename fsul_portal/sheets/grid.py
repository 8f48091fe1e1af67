"""The cells of one sheet of a workbook, row by row."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _
from openpyxl.utils.datetime import from_excel

from fsul_portal.sheets.markup import CELL_ELEMENTS, Markup
from fsul_portal.sheets.refusals import LAST_ROW, SheetRefused, Value, damaged
from fsul_portal.sheets.workbook import Workbook

LAST_COLUMN = 16_384
NUMBER_TEXT = 400


class Grid(Markup):
    """Read the rows that hold something as (number, values); a row ends with its last value."""

    at_most = CELL_ELEMENTS

    def __init__(self, book: Workbook, pool):
        limits = pool.limits
        super().__init__(book.package.blocks(book.sheet_path, at_most=limits.unpacked))
        self.longest_text = limits.cell_text
        self.limits = limits
        self.book = book
        self.pool = pool
        self.columns: dict[str, int] = {}
        self.row = self.column = self.written = 0
        self.cells: list[tuple[int, Value]] = []
        self.found: list[tuple[int, list[Value]]] = []
        self.kind = "n"
        self.style = None
        self.formula = self.valued = self.phonetic = False

    def rows(self):
        for _block in self.read():
            yield from self.found
            self.found.clear()

    def begin(self, name, attributes):
        if name == "c":
            self.begin_cell(attributes)
        elif name == "v" or name == "t":
            self.listening = not self.phonetic
            self.valued = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.begin_row(attributes)
        elif name == "rPh":
            self.phonetic = True

    def finish(self, name):
        if name == "c":
            self.finish_cell()
        elif name == "v" or name == "t":
            self.listening = False
        elif name == "row":
            self.finish_row()
        elif name == "rPh":
            self.phonetic = False
        elif name == "sheetData":
            self.done = True

    def begin_row(self, attributes):
        number = attributes.get("r")
        before = self.row
        self.row = whole(number) if number else before + 1
        self.column = 0
        if not before < self.row <= LAST_ROW:
            raise damaged()

    def finish_row(self):
        if not self.cells:
            return
        values: list[Value] = [None] * max(column for column, _value in self.cells)
        for column, value in self.cells:
            if values[column - 1] is not None:
                raise damaged()
            values[column - 1] = value
        self.found.append((self.row, values))
        self.cells = []

    def begin_cell(self, attributes):
        self.written += 1
        if self.written > self.limits.written_cells:
            raise SheetRefused(_("The sheet has too many cells. Delete the empty rows and columns around your table."))
        self.heard()
        self.formula = self.valued = False
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s")
        address = attributes.get("r")
        self.column = self.column_of(address) if address else self.column + 1

    def column_of(self, address):
        letters = address.rstrip("0123456789")
        return self.columns.get(letters) or self.columns.setdefault(letters, column_number(letters))

    def finish_cell(self):
        text = self.heard()
        if not text:
            self.refuse_formula_without_value()
            return
        if self.column > self.limits.columns:
            raise SheetRefused(_("The sheet has more than %(limit)s columns."), limit=self.limits.columns)
        value = self.value(text)
        if value is not None:
            self.cells.append((self.column, value))

    def refuse_formula_without_value(self):
        """Tell an empty result, which Excel writes as an empty text, from a formula that nobody has worked out yet."""
        if self.formula and not (self.kind == "str" and self.valued):
            raise SheetRefused(
                _("Cell %(address)s holds a formula without a result. Save the file in Excel or WPS, then send it."),
                address=f"{column_letters(self.column)}{self.row}",
            )

    def value(self, text):
        """Turn what stands in the XML into what a reader of the sheet would say stands in the cell."""
        try:
            if self.kind == "n":
                return self.number(text)
            if self.kind == "s":
                return self.book.strings[whole(text)] or None
            if self.kind == "b":
                return "TRUE" if whole(text) else "FALSE"
            if self.kind == "d":
                return day(datetime.fromisoformat(text))
        except (ValueError, IndexError) as error:
            raise damaged() from error
        return self.pool.keep(text) or None

    def number(self, text):
        if len(text) > NUMBER_TEXT:
            raise damaged()
        number = int(text) if text.removeprefix("-").isdigit() else float(text)
        if self.style not in self.book.date_styles:
            return number
        try:
            return day(from_excel(number, self.book.epoch))
        except (ValueError, OverflowError):
            return number


def whole(text):
    if len(text) > 9 or not (text.isascii() and text.isdigit()):
        raise damaged()
    return int(text)


def day(moment):
    """Read a date with no time of day as a date, and any other moment as text."""
    if isinstance(moment, time):
        return moment.isoformat("seconds")
    if moment.time() == time():
        return moment.date()
    return moment.isoformat(" ", "seconds")


def column_number(letters):
    """Count A as 1 and XFD as 16,384."""
    if not letters.isascii() or not letters.isupper() or len(letters) > 3:
        raise damaged()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    if number > LAST_COLUMN:
        raise damaged()
    return number


def column_letters(number):
    """Write 1 as A and 16,384 as XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
