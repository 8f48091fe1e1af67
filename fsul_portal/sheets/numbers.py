"""The numbers of a table: what a cell holds, what it shows, what people type; two figures never become one."""

import math
import re
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import BadCell, Shown, Value
from fsul_portal.sheets.spelling import BLANKS, HYPHENS, NOTHING, SHOWN, half_width, shown, typed_text

LARGEST = 10**12
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
# A blank of any width may stand between groups of three digits; two figures in a cell look like anything else.
SPACED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2000-\u200a\u202f\u205f])\d{3}(\1\d{3})*(\.\d+)?", re.ASCII)
FIGURES = re.compile(r"[+-]?[\d.,]+(\s+[\d.,]+)+")
# Excel keeps six digits of a long number when it saves what it shows.
ROUNDED = re.compile(r"[+-]?\d\.\d{5}e\+?1\d", re.ASCII)
WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]+)[^\d.,+-]*", re.ASCII)
# The one figure in what a number format makes of it.
FIGURE = re.compile(r"[^\d.]*((?:\d[\d,]*)?(?:\.\d+)?(?:E[+-]\d+)?)\D*", re.ASCII)
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
SCALES = {*UNITS, "%", "‰"}
NEGATIVE = re.compile("[-(−]")


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


def number_or_mark(value: Value) -> Decimal | Mark | None:
    """Read a Decimal, a mark or None, from a number of Excel or from what people type."""
    if isinstance(value, Shown):
        return seen_number(value)
    if isinstance(value, date):
        raise BadCell(_("Excel has turned this number into a date. Set the column to Number and type it again."))
    if isinstance(value, float) and not math.isfinite(value):
        raise BadCell(NOTHING)
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Excel shows fifteen digits; those after them are noise of the machine.
        return within_bounds(Decimal(str(int(value)) if isinstance(value, int) else format(value, ".15g")))
    typed = typed_text(value).translate(HYPHENS).strip().casefold()
    if not typed:
        return None
    return MARKS.get(BLANKS.sub("", typed)) or within_bounds(typed_number(typed, value))


def seen_number(cell: Shown) -> Decimal | Mark | None:
    """Read a figure which looks otherwise than it is kept: only where both say the same."""
    found = number_or_mark(cell.value)
    if not isinstance(found, Decimal):
        return found
    if cell.merged:
        raise BadCell(_("“%(value)s” stands in merged cells. Split them, and write each row its own."), value=cell.text)
    if not says(cell.text, found):
        raise BadCell(
            _("The cell shows “%(seen)s” and holds %(value)s. Set the format of the cell to General and look again."),
            seen=shown(cell.text),
            value=shown(cell.value),
        )
    return found


def says(seen: str, number: Decimal) -> bool:
    """Tell whether a text shows this number, though rounded, grouped, or with a unit behind it."""
    match = FIGURE.fullmatch(half_width(seen).translate(HYPHENS))
    if not match or not match[1] or any(sign in SCALES for sign in seen):
        return False
    exact = Decimal(match[1].replace(",", ""))
    step = Decimal(1).scaleb(int(exact.as_tuple().exponent))
    return abs(exact - abs(number)) * 2 <= step and (number >= 0 or NEGATIVE.search(seen) is not None)


def typed_number(typed: str, value: Value) -> Decimal:
    if match := WITH_UNIT.fullmatch(typed):
        raise BadCell(
            _("Write the whole number: %(number)s instead of %(value)s."),
            number=spelt_out(*match.groups()),
            value=shown(value),
        )
    if ROUNDED.fullmatch(typed):
        raise BadCell(_("“%(value)s” has been rounded. Write all digits of the number."), value=shown(value))
    if PLAIN.fullmatch(typed) or GROUPED.fullmatch(typed) or SPACED.fullmatch(typed):
        return Decimal(BLANKS.sub("", typed).replace(",", ""))
    if FIGURES.fullmatch(typed):
        raise BadCell(_("“%(value)s” could be two numbers. Write one number, digits only."), value=shown(value))
    if "," in typed and PLAIN.fullmatch(typed.replace(",", "")):
        raise BadCell(_("The comma in “%(value)s” does not separate thousands. Write digits only."), value=shown(value))
    raise no_number(value)


def within_bounds(number: Decimal) -> Decimal:
    if abs(number) > LARGEST:
        raise BadCell(_("The number is larger than any that can be meant here."))
    return number


def spelt_out(digits: str, units: str) -> str:
    """Write 1.2万 as 12000."""
    number = Decimal(digits[:SHOWN])
    for unit in units[:4]:
        number *= UNITS[unit]
    return format(number.normalize(), "f")


def no_number(value: Value) -> BadCell:
    sentence = _("“%(value)s” is not a number. Write digits only, without a unit or a footnote.")
    return BadCell(sentence, value=shown(value))
