"""Know every series of numbers, and how a number is written.

A room declares its series once, in the module that takes from it; without a pattern a number is bare digits:
`FILINGS = series("filing", _("Filings"), "FSUL-BA-{year}-{number:04}")`.
"""

import re
from dataclasses import dataclass
from string import Formatter

from django.utils.translation import gettext as _

from fsul_portal.grammar.text import LINE_CONTROLS, clean
from fsul_portal.grammar.words import Words

# The longest text which a room has to keep.
LONGEST = 30
LARGEST = 99_999_999
WIDTH = re.compile("0[2-8]|")


@dataclass(frozen=True)
class Series:
    """What is numbered; the pattern holds until the office sets another one."""

    key: str
    title: Words
    pattern: str = ""


@dataclass(frozen=True)
class Number:
    """A number as it is counted and as it is written."""

    year: int
    number: int
    text: str

    def __str__(self) -> str:
        return self.text


SERIES: dict[str, Series] = {}


def series(key: str, title: Words, pattern: str = "") -> Series:
    """Declare a series of a room."""
    SERIES[key] = Series(key, title, pattern)
    return SERIES[key]


def written(pattern: str, year: int, number: int) -> Number:
    return Number(year, number, pattern.format(year=year, number=number) if pattern else str(number))


def frame(pattern: str) -> tuple[str, ...]:
    """Return the words around year and number: two patterns with the same words could give the same text."""
    return tuple(words for words, *__ in Formatter().parse(pattern))


def fault(pattern: str) -> str:
    """Return the sentence that says what is wrong with a pattern, or "".

    Year first, number after it, each once, and no digit of its own: so a text stands for one number alone, whatever
    the pattern was when it was given.
    """
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return _("The braces do not match: write {year} and {number}.")
    fields = [(name, spec or "", turn) for __, name, spec, turn in parts if name is not None]
    if [name for name, *__ in fields] != ["year", "number"]:
        return _("A pattern names {year} once and after it {number} once.")
    (_year, year_width, *turns), (_number, width, *more) = fields
    if year_width or any([*turns, *more]) or not WIDTH.fullmatch(width):
        return _("Write {year}, and {number} or {number:04} for a number with four digits.")
    return _fault_of_words(parts, pattern)


def _fault_of_words(parts: list[tuple[str, str | None, str | None, str | None]], pattern: str) -> str:
    if any(sign.isdigit() for words, *__ in parts for sign in words):
        return _("Digits of its own would make a pattern ambiguous.")
    # A doubled brace is a part of its own, in front of the year or behind it.
    fields = [name for __, name, *___ in parts]
    between = parts[fields.index("year") + 1 : fields.index("number") + 1]
    if not "".join(words for words, *__ in between):
        return _("Something must stand between {year} and {number}.")
    if clean(pattern) != pattern or LINE_CONTROLS.search(pattern):
        return _("The pattern holds a control character.")
    if len(written(pattern, 2026, LARGEST).text) > LONGEST:
        return _("The numbers would be longer than %(limit)s characters.") % {"limit": LONGEST}
    return ""
