"""What a cell says: each function gives the value or raises BadCell with a sentence for the person who typed it."""

import re
from collections.abc import Mapping
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import clean
from fsul_portal.sheets.numbers import CLOSED, LARGEST, MARKS, NOT_APPLICABLE, Mark, number_or_mark
from fsul_portal.sheets.refusals import BadCell, Shown, Value
from fsul_portal.sheets.spelling import (
    BLANKS,
    EXACT,
    HYPHENS,
    as_seen,
    folded,
    refuse_nothing,
    shown,
    typed_text,
    written,
)

__all__ = [
    "CLOSED",
    "LARGEST",
    "MARKS",
    "NOT_APPLICABLE",
    "Mark",
    "choice",
    "code",
    "count",
    "date",
    "decimal",
    "folded",
    "period",
    "required",
    "shown",
    "text",
    "written",
]

CODE_LENGTH = 64
# 1 January 1950 to 31 December 2099, as Excel counts days.
EXCEL_DAYS = range(18_264, 73_051)
# Excel holds 1900 for a leap year, so days after that February count from here.
EXCEL_DAY_ZERO = Date(1899, 12, 30)
YEARS = range(1900, 2101)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)
DAY_IN_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
# No point between year and month: Excel makes the number 2025.1 of 2025.10.
PERIOD = re.compile(r"(\d{4})(?:年?|[-/年](\d{1,2})月?|(\d{2}))", re.ASCII)
NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?,?(\d{4})", re.ASCII)
MONTHS = "january february march april may june july august september october november december".split()

Meant = TypeVar("Meant")
Read = TypeVar("Read")


class Since1904(int):
    """A plain number of a workbook which counts its days from 1904."""


def text(value: Value, max_length: int = 200) -> str:
    """Read a text as it is seen, trimmed; an empty cell is an empty text."""
    plain = clean(written(value)).strip()
    if len(plain) > max_length:
        raise BadCell(
            _("The text has %(length)s characters; at most %(limit)s are kept."), length=len(plain), limit=max_length
        )
    return plain


def code(value: Value, max_length: int = CODE_LENGTH) -> str:
    """Read a code as it is seen: zeros stay, and a number which Excel has made of it is written without a point."""
    value = as_seen(value)
    if isinstance(value, Date):
        raise BadCell(_("Excel has turned this code into a date. Set the column to Text and type the code again."))
    if isinstance(value, float) and not value.is_integer():
        raise BadCell(
            _("“%(value)s” is not a code. Set the column to Text and type the code again."), value=shown(value)
        )
    if isinstance(value, int | float) and abs(value) >= EXACT:
        raise BadCell(_("Excel has rounded this long code. Set the column to Text and type the code again."))
    return BLANKS.sub(" ", text(typed_text(value).translate(HYPHENS), max_length))


def count(value: Value) -> int | Mark | None:
    """Read a whole number from zero up, None where nothing was reported, or one of the marks."""
    number = number_or_mark(value)
    if not isinstance(number, Decimal):
        return number
    if number < 0:
        raise BadCell(_("A count may not be negative."))
    if number != number.to_integral_value():
        raise BadCell(_("“%(value)s” is not a whole number."), value=shown(value))
    return int(number)


def decimal(
    value: Value,
    *,
    places: int | None = None,
    minimum: Decimal | int | None = None,
    maximum: Decimal | int = LARGEST,
    marks: bool = False,
) -> Decimal | Mark | None:
    """Read a number, None for an empty cell, and a mark only where `marks` are asked for."""
    number = number_or_mark(value)
    if isinstance(number, Mark) and not marks:
        raise BadCell(_("Write a number here, or leave the cell empty."))
    if not isinstance(number, Decimal):
        return number
    if minimum is not None and number < minimum:
        raise BadCell(_("The number may not be less than %(minimum)s."), minimum=minimum)
    if number > maximum:
        raise BadCell(_("The number may not be more than %(maximum)s."), maximum=maximum)
    if places is not None and number != round(number, places):
        raise BadCell(_("The number may have at most %(places)s decimal places."), places=places)
    return number


def date(value: Value) -> Date | None:
    """Read a day: 2026-10-31, 2026/10/31, 2026年10月31日, 20261031, or a day as Excel counts it."""
    if isinstance(value, Shown):
        value = value.value
    if isinstance(value, Date):
        return known_day(value.year, value.month, value.day, value)
    if isinstance(value, Since1904):
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel

        return date(from_excel(value, CALENDAR_MAC_1904))
    typed = BLANKS.sub(" ", typed_text(value).translate(HYPHENS)).strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) == 5 and int(typed) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=int(typed))
    match = DAY.fullmatch(typed) or DAY_IN_DIGITS.fullmatch(typed)
    if not match:
        raise BadCell(_("“%(value)s” is not a date. Write it like 2026-10-31."), value=shown(value))
    return known_day(int(match[1]), int(match[2]), int(match[3]), value)


def known_day(year: int, month: int, day: int, value: Value) -> Date:
    try:
        found = Date(year, month, day)
    except ValueError as error:
        raise BadCell(_("There is no such day as “%(value)s”."), value=shown(value)) from error
    if year not in YEARS:
        raise BadCell(_("The year of “%(value)s” cannot be right."), value=shown(value))
    return found


def period(value: Value) -> str:
    """Read a month as 2025-03 or a year as 2025; Excel likes to make the first of March of a month."""
    if isinstance(value, Shown):
        return read_period(value.text) or period(value.value)
    typed = f"{value:%Y-%m}" if isinstance(value, Date) and value.day == 1 else typed_text(value)
    found = read_period(typed)
    if not found:
        required(typed.strip())
        raise BadCell(_("“%(value)s” is neither a month nor a year. Write 2025-03 or 2025."), value=shown(value))
    return found


def read_period(typed: str) -> str:
    plain = BLANKS.sub("", typed.translate(HYPHENS))
    match = PERIOD.fullmatch(with_named_month(plain))
    if not match or int(match[1]) not in YEARS or int(match[2] or match[3] or 1) not in range(1, 13):
        return ""
    month = match[2] or match[3]
    return f"{match[1]}-{int(month):02}" if month else match[1]


def with_named_month(plain: str) -> str:
    """Write a month that is named in English, in full or by its first letters, in digits."""
    match = NAMED_MONTH.fullmatch(plain.casefold())
    named = [number for number, name in enumerate(MONTHS, 1) if match and name.startswith(match[1])]
    return f"{match[2]}-{named[0]}" if match and named else plain


def choice(value: Value, mapping: Mapping[str, Meant]) -> Meant | None:
    """Read one of the keys of `mapping`, in any case and width, and give what it stands for; None for an empty cell."""
    typed = folded(written(value))
    if not typed:
        return None
    refuse_nothing(typed)
    known = {folded(str(key)): meant for key, meant in mapping.items()}
    if typed not in known:
        raise BadCell(
            _("“%(value)s” is not known here. Write one of: %(choices)s."),
            value=shown(value),
            choices=", ".join(dict.fromkeys(str(key) for key in mapping)),
        )
    return known[typed]


def required(value: Read | None) -> Read:
    """Pass on what was read, unless the cell was empty."""
    if value is None or value == "":
        raise BadCell(_("This cell may not be empty."))
    return value
