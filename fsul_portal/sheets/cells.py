"""What a cell says: each function gives the value or raises BadCell with a sentence for the person who typed it."""

import math
import re
from datetime import date as Date
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext_lazy as _
from openpyxl.utils.datetime import from_excel

from fsul_portal.sheets.refusals import BadCell
from fsul_portal.text import clean

LARGEST = 10**12
SHOWN = 40
# Numbers which Excel keeps exactly.
EXACT = 10**15
CODE_LENGTH = 64
# 1 January 1950 to 31 December 2099, as Excel counts days.
EXCEL_DAYS = range(18_264, 73_051)
YEARS = range(1900, 2101)

# Only the signs of the keyboard: full compatibility folding would read ² as 2.
HALF_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
BLANKS = re.compile(r"\s+")
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]+)[^\d.,+-]*", re.ASCII)
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
NO_NUMBERS = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity"}
EXCEL_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)
DAY_IN_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
# No point between year and month: Excel makes the number 2025.1 of 2025.10.
PERIOD = re.compile(r"(\d{4})(?:年?|[-/年](\d{1,2})月?|(\d{2}))", re.ASCII)


class Mark(Enum):
    """What may stand in the place of a number; the value is how it is written."""

    NOT_APPLICABLE = "—"
    CLOSED = "闭馆"


NOT_APPLICABLE = Mark.NOT_APPLICABLE
CLOSED = Mark.CLOSED
MARKS = {
    **dict.fromkeys(("—", "——", "–", "―", "-", "--", "na", "n/a", "不适用"), NOT_APPLICABLE),
    **dict.fromkeys(("闭馆", "closed"), CLOSED),
}


def text(value, max_length: int = 200) -> str:
    """Read a text, trimmed; an empty cell is an empty text."""
    plain = clean(written(value)).strip()
    if len(plain) > max_length:
        raise BadCell(
            _("The text has %(length)s characters; at most %(limit)s are kept."), length=len(plain), limit=max_length
        )
    return plain


def code(value, max_length: int = CODE_LENGTH) -> str:
    """Read a code as text: zeros stay, and a number which Excel has made of it is written without a point."""
    if isinstance(value, Date):
        raise BadCell(_("Excel has turned this code into a date. Set the column to Text and type the code again."))
    if isinstance(value, float) and not value.is_integer():
        raise BadCell(
            _("“%(value)s” is not a code. Set the column to Text and type the code again."), value=shown(value)
        )
    if isinstance(value, int | float) and abs(value) >= EXACT:
        raise BadCell(_("Excel has rounded this long code. Set the column to Text and type the code again."))
    return BLANKS.sub(" ", text(half_width(written(value)), max_length))


def count(value) -> int | Mark | None:
    """Read a whole number from zero up, None where nothing was reported, or one of the marks."""
    number = number_or_mark(value)
    if not isinstance(number, Decimal):
        return number
    if number < 0:
        raise BadCell(_("A count may not be negative."))
    if number != number.to_integral_value():
        raise BadCell(_("“%(value)s” is not a whole number."), value=shown(value))
    return int(number)


def decimal(value, *, places: int | None = None, minimum=None, maximum=LARGEST, marks=False) -> Decimal | Mark | None:
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


def number_or_mark(value):
    """Read a Decimal, a mark or None, from a number of Excel or from what people type."""
    if isinstance(value, Date):
        raise BadCell(_("Excel has turned this number into a date. Set the column to Number and type it again."))
    if isinstance(value, float) and not math.isfinite(value):
        raise no_number(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Excel shows fifteen digits; those after them are noise of the machine.
        return within_bounds(Decimal(str(value) if isinstance(value, int) else format(value, ".15g")))
    typed = BLANKS.sub("", half_width(clean(written(value)))).casefold()
    if not typed:
        return None
    return MARKS.get(typed) or within_bounds(typed_number(typed, value))


def typed_number(typed, value):
    if typed in NO_NUMBERS:
        raise no_number(value)
    if match := WITH_UNIT.fullmatch(typed):
        raise BadCell(
            _("Write the whole number: %(number)s instead of %(value)s."),
            number=spelt_out(*match.groups()),
            value=shown(value),
        )
    if not (PLAIN.fullmatch(typed) or GROUPED.fullmatch(typed)):
        if "," in typed and PLAIN.fullmatch(typed.replace(",", "")):
            raise BadCell(
                _("The comma in “%(value)s” does not separate thousands. Write digits only."), value=shown(value)
            )
        raise no_number(value)
    return Decimal(typed.replace(",", ""))


def within_bounds(number):
    if abs(number) > LARGEST:
        raise BadCell(_("The number is larger than any that can be meant here."))
    return number


def spelt_out(digits, units):
    """Write 1.2万 as 12000."""
    number = Decimal(digits[:SHOWN])
    for unit in units[:4]:
        number *= UNITS[unit]
    return format(number.normalize(), "f")


def date(value) -> Date | None:
    """Read a day: 2026-10-31, 2026/10/31, 2026年10月31日, 20261031, or a day as Excel counts it."""
    if isinstance(value, Date):
        return known_day(value.year, value.month, value.day, value)
    typed = BLANKS.sub(" ", half_width(clean(written(value)))).strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) == 5 and int(typed) in EXCEL_DAYS:
        return from_excel(int(typed)).date()
    match = DAY.fullmatch(typed) or DAY_IN_DIGITS.fullmatch(typed)
    if not match:
        raise BadCell(_("“%(value)s” is not a date. Write it like 2026-10-31."), value=shown(value))
    return known_day(int(match[1]), int(match[2]), int(match[3]), value)


def known_day(year, month, day, value):
    try:
        found = Date(year, month, day)
    except ValueError as error:
        raise BadCell(_("There is no such day as “%(value)s”."), value=shown(value)) from error
    if year not in YEARS:
        raise BadCell(_("The year of “%(value)s” cannot be right."), value=shown(value))
    return found


def period(value) -> str:
    """Read a month as 2025-03 or a year as 2025; Excel likes to make the first of March of a month."""
    typed = f"{value:%Y-%m}" if isinstance(value, Date) and value.day == 1 else half_width(clean(written(value)))
    match = PERIOD.fullmatch(BLANKS.sub("", typed))
    if not match or int(match[1]) not in YEARS or int(match[2] or match[3] or 1) not in range(1, 13):
        raise BadCell(_("“%(value)s” is neither a month nor a year. Write 2025-03 or 2025."), value=shown(value))
    month = match[2] or match[3]
    return f"{match[1]}-{int(month):02}" if month else match[1]


def choice(value, mapping):
    """Read one of the keys of `mapping`, in any case and width, and give what it stands for; None for an empty cell."""
    typed = folded(written(value))
    if not typed:
        return None
    known = {folded(str(key)): meant for key, meant in mapping.items()}
    if typed not in known:
        raise BadCell(
            _("“%(value)s” is not known here. Write one of: %(choices)s."),
            value=shown(value),
            choices=", ".join(dict.fromkeys(str(key) for key in mapping)),
        )
    return known[typed]


def required(value):
    """Pass on what was read, unless the cell was empty."""
    if value is None or value == "":
        raise BadCell(_("This cell may not be empty."))
    return value


def written(value) -> str:
    """Write a cell as its reader sees it, and refuse an error of Excel."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    plain = str(value)
    if plain.strip().upper() in EXCEL_ERRORS:
        raise BadCell(
            _("The cell shows the error %(value)s. Mend the formula, or type the value."), value=plain.strip()
        )
    return plain


def half_width(plain):
    return plain.translate(HALF_WIDTH)


def folded(plain):
    return BLANKS.sub(" ", half_width(clean(plain))).strip().casefold()


def shown(value):
    """Quote a cell in a sentence, without its whole length."""
    plain = clean(str(value)).strip()
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"


def no_number(value):
    return BadCell(_("“%(value)s” is not a number. Write digits only, without a unit."), value=shown(value))
