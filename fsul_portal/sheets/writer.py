"""Write tables that any office program opens and none of them runs."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from xlsxwriter.utility import xl_col_to_name

from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Words
from fsul_portal.sheets.cells import Mark
from fsul_portal.sheets.neutral import neutralise

NARROWEST, WIDEST = 6, 60
MEASURED_ROWS = 2_000
WIDE_FROM = "\u2e80"
TITLE_LENGTH = 31
A4 = 9
# Excel keeps the choices of a list within one text of this length.
CHOICES_LENGTH = 255
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
BAD = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "valign": "top"}
HEADER = {"bg_color": "#DCE6F1", "bold": True, "border": 1, "valign": "top", "text_wrap": True}
SHUT = {"locked": True, "font_color": "#5A6472", "bg_color": "#F1F3F5"}
DAY = "yyyy-mm-dd"
# A column by its key, in the rule of another.
PLACES = re.compile(r"\[([\w.]+)\]")
Target = str | Path | IO[bytes]


@dataclass(frozen=True)
class Column:
    """A heading; `as_text` keeps the zeros of codes and phones typed later, `choices` offers a list.

    `note` is a comment on the heading, such as the name which programs know. `locked` cells are to be looked at only.
    `rule` is a formula that must hold, [V01] in it the cell of the row whose column has that `key`; `said` tells it.
    """

    header: str
    as_text: bool = False
    choices: Sequence[str] = ()
    note: str = ""
    key: str = ""
    locked: bool = False
    rule: str = ""
    said: str = ""


@dataclass
class Table:
    """One sheet to be written: a title for its tab, columns (or plain headings), rows, and lines below them."""

    title: str
    columns: Sequence[Column | str]
    rows: Iterable[Sequence[Any]]
    footer: Sequence[str] = ()

    @property
    def headed(self) -> list[Column]:
        return [item if isinstance(item, Column) else Column(str(item)) for item in self.columns]


def write_csv(headers: Iterable[Words], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write a CSV as Excel likes it: UTF-8 with a mark at its start, CR LF."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([neutralise(str(header)) for header in headers])
    for row in rows:
        lines.writerow([for_csv(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(file: Target, tables: Iterable[Table], *, big: bool = False) -> None:
    """Write a workbook with one sheet for each table into `file`, a path or a file open for writing bytes.

    A `big` one goes through the disk; the previews of some phones show no text in it.
    """
    with new_workbook(file, big=big) as book:
        formats = Formats(book)
        taken: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(sheet_title(table.title, taken))
            write_table(sheet, table, formats)


def new_workbook(file: Target, *, big: bool = False) -> xlsxwriter.Workbook:
    return xlsxwriter.Workbook(file, OPTIONS | {"constant_memory": big, "in_memory": not big})


class Formats:
    """The few looks a cell can have."""

    def __init__(self, book: xlsxwriter.Workbook, look: dict[str, Any] | None = None) -> None:
        self.book, look = book, {"valign": "top"} | (look or {})
        self.header = book.add_format(HEADER)
        self.text = book.add_format({"num_format": "@", "text_wrap": True} | look)
        self.number = book.add_format(look)
        self.day = book.add_format({"num_format": DAY, "align": "left"} | look)
        # What is empty needs a look only where it differs from every other empty cell.
        self.empty = self.number if len(look) > 1 else None
        self.footer = book.add_format({"italic": True})
        self.bad = book.add_format(BAD)
        self.bad_day = book.add_format({**BAD, "num_format": DAY})


def write_table(sheet: Any, table: Table, formats: Formats) -> None:
    """Write headings, rows and footer, then give the sheet its shape on the screen and on paper."""
    widths, looks = write_header(sheet, table.headed, formats), looks_of(sheet, table.headed, formats)
    last = 0
    for last, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            write_cell(sheet, last, column, value, looks[column] if column < len(looks) else formats)
        if last <= MEASURED_ROWS:
            widen(widths, row)
    for line, text in enumerate(table.footer, last + 2):
        sheet.write_string(line, 0, neutralise(str(text)), formats.footer)
    shape_columns(sheet, table.headed, widths, looks, last)
    shape_rules(sheet, table.headed, formats, last)
    shape_sheet(sheet, len(table.headed), last)


def looks_of(sheet: Any, columns: Sequence[Column], formats: Formats) -> list[Formats]:
    """Return how the cells of each column look; a sheet with locked ones is protected, without a password."""
    if not any(column.locked for column in columns):
        return [formats] * len(columns)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    shut, open_ones = Formats(formats.book, SHUT), Formats(formats.book, {"locked": False})
    return [shut if column.locked else open_ones for column in columns]


def shape_rules(sheet: Any, columns: Sequence[Column], formats: Formats, last: int) -> None:
    """Let the program of the reader say at once where a rule of a column does not hold; what is pasted turns red."""
    letters = {column.key: f"${xl_col_to_name(number)}2" for number, column in enumerate(columns) if column.key}
    for number, column in enumerate(columns):
        if column.rule and last and {*PLACES.findall(column.rule)} <= {*letters}:
            formula = PLACES.sub(lambda place: letters[place[1]], column.rule)
            wish = {"validate": "custom", "value": f"={formula}", "error_message": column.said}
            sheet.data_validation(1, number, last, number, wish)
            red = {"type": "formula", "criteria": f"=NOT({formula})", "format": formats.bad}
            sheet.conditional_format(1, number, last, number, red)


def write_header(sheet: Any, columns: Sequence[Column], formats: Formats) -> list[int]:
    for number, column in enumerate(columns):
        sheet.write_string(0, number, neutralise(column.header), formats.header)
        if column.note:
            sheet.write_comment(0, number, neutralise(column.note))
    return [width_of(column.header) for column in columns]


def write_cell(sheet: Any, row: int, column: int, value: Any, formats: Formats, look: Any = None) -> None:
    """Write a value by its own type, never by what its text looks like."""
    value = plain_value(value)
    if value is None:
        if look or formats.empty:
            sheet.write_blank(row, column, None, look or formats.empty)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, look or formats.number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look or formats.day)
    else:
        sheet.write_string(row, column, neutralise(value), look or formats.text)


def plain_value(value: Any) -> Any:
    """Reduce a value to None, a number, a day or a text."""
    if value is None or (isinstance(value, Decimal | float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Mark):
        return value.value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | Decimal):
        # Excel would round what is longer than this.
        return value if -(10**15) < value < 10**15 else str(value)
    return value if isinstance(value, date) and value.year >= 1900 else str(value)


def for_csv(value: Any) -> str:
    value = plain_value(value)
    if value is None:
        return ""
    return neutralise(value) if isinstance(value, str) else str(value)


def shape_columns(
    sheet: Any, columns: Sequence[Column], widths: list[int], looks: Sequence[Formats], last: int
) -> None:
    for number, column in enumerate(columns):
        width = min(max(widths[number] + 2, NARROWEST), WIDEST)
        look = looks[number]
        sheet.set_column(number, number, width, look.text if column.as_text else look.empty)
        choices = [str(item) for item in column.choices]
        if choices and len(",".join(choices)) <= CHOICES_LENGTH:
            sheet.data_validation(1, number, max(last, MEASURED_ROWS), number, {"validate": "list", "source": choices})


def shape_sheet(sheet: Any, columns: int, last: int) -> None:
    """Freeze and repeat the headings, and print on A4 across."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), max(columns - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def widen(widths: list[int], row: Sequence[Any]) -> None:
    for number, value in enumerate(row[: len(widths)]):
        if value is not None:
            widths[number] = max(widths[number], width_of(str(plain_value(value))))


def width_of(text: str) -> int:
    """Measure the longest line; a Chinese character is as wide as two letters."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max((len(line) + sum(sign >= WIDE_FROM for sign in line) for line in text.splitlines()), default=0)


def sheet_title(title: Words, taken: set[str]) -> str:
    """Make a title that Excel accepts and that no other sheet of the workbook has."""
    plain = "".join(" " if sign in "[]:*?/\\\t\r\n" else sign for sign in clean(str(title))).strip(" '")
    plain = plain.encode("utf-16-le")[: TITLE_LENGTH * 2].decode("utf-16-le", "ignore").strip(" '") or "Sheet"
    if plain.casefold() == "history":
        plain += "_"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain[: TITLE_LENGTH - len(str(number)) - 1]} {number}"
    taken.add(found.casefold())
    return found
