"""How a cell is spelt: what a person sees of a value, and what signs of one meaning are made one."""

import math
import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import clean
from fsul_portal.sheets.refusals import BadCell, Plain, Shown, Value

SHOWN = 40
# Numbers which Excel keeps exactly.
EXACT = 10**15

# Only the signs of the keyboard: full compatibility folding would read ² as 2.
HALF_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
UNSEEN = dict.fromkeys((0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF))
HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212), "-")
BLANKS = re.compile(r"\s+")
EXCEL_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
# What programs write where they have nothing to say.
NOTHINGS = {"nan", "none", "null", "nil", "nat", "<na>", "undefined"}
NOTHING = _("A program has written a word for “nothing” here. Leave the cell empty, or write —.")


def written(value: object) -> str:
    """Write a cell as its reader sees it, and refuse an error of Excel."""
    plain = as_written(value)
    if plain.strip().upper() in EXCEL_ERRORS:
        raise BadCell(
            _("The cell shows the error %(value)s. Mend the formula, or type the value."), value=plain.strip()
        )
    return plain


def as_written(value: object) -> str:
    """Write any value as a spreadsheet would, never as Python does."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else format(value, ".15g")
    return str(value)


def as_seen(value: Value) -> Plain:
    """Take what a cell shows where that is another thing than what it holds."""
    return value.text if isinstance(value, Shown) and not isinstance(value.value, date) else bare(value)


def bare(value: Value) -> Plain:
    return value.value if isinstance(value, Shown) else value


def typed_text(value: object) -> str:
    """Write a cell in half width, without what nobody sees, and refuse what a program writes for nothing."""
    plain = half_width(clean(written(value))).translate(UNSEEN)
    refuse_nothing(plain)
    return plain


def refuse_nothing(typed: str) -> None:
    """Refuse a word of programs; no sentence repeats it."""
    if typed.strip().casefold() in NOTHINGS:
        raise BadCell(NOTHING)


def half_width(plain: str) -> str:
    return plain.translate(HALF_WIDTH)


def folded(plain: str) -> str:
    return BLANKS.sub(" ", half_width(clean(plain)).translate(UNSEEN)).strip().casefold()


def shown(value: object) -> str:
    """Quote a cell in a sentence, without its whole length."""
    plain = clean(as_written(value)).strip()
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + "…"
