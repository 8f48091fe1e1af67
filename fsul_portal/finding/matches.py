"""Say what meets a word that somebody has typed."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from fsul_portal.finding.pinyin import plain, spellings, wide
from fsul_portal.grammar.words import Words

# A field that holds the word, or what makes a condition of it.
Match = str | Callable[[str], Q]

NOTHING = Q(pk__in=[])
MOST_WORDS = 10
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2}))?(?:[-/.月](\d{1,2})日?|月)?")
NUMBER = re.compile(r"\D*(\d{1,3})\D*")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def words_of(text: str) -> list[str]:
    """Return the words of what was typed, in one spelling."""
    return plain(text).split()[:MOST_WORDS]


def meeting(matches: Sequence[Match], words: Iterable[str]) -> Q:
    """Return the condition that each of the words is met by one of these."""
    condition = Q()
    for word in words:
        condition &= reduce(or_, (_condition(match, word) for match in matches), NOTHING)
    return condition


def having(rows: QuerySet[Any], matches: Sequence[Match], words: Iterable[str]) -> QuerySet[Any]:
    """Keep the rows by which each of the words is met."""
    return rows.filter(meeting(matches, words))


def _condition(match: Match, word: str) -> Q:
    return match(word) if callable(match) else in_column(match, word)


def in_column(field: str, word: str) -> Q:
    """Meet what stands in an ordinary column, narrow or wide."""
    return reduce(or_, (Q(**{f"{field}__icontains": one}) for one in dict.fromkeys((word, wide(word)))))


def read(word: str) -> Q:
    """Meet what stands in the search words of a row."""
    return reduce(or_, (Q(search_words__contains=spelling) for spelling in spellings(word)))


def chosen(field: str, choices: Callable[[], Iterable[tuple[Any, Any]]]) -> Match:
    """Meet the labels of a choice, in the language of whoever asks."""

    def met(word: str) -> Q:
        return Q(**{f"{field}__in": [value for value, label in choices() if word in plain(str(label))]})

    return met


def said(labels: Callable[[], Iterable[tuple[Words, Q]]]) -> Match:
    """Meet the words by which a row says what no column holds: each label with the condition of its rows."""

    def met(word: str) -> Q:
        return reduce(or_, (condition for label, condition in labels() if word in plain(str(label))), NOTHING)

    return met


def on_day(field: str, *, moment: bool = False) -> Match:
    """Meet a day as tables write it, a month, a year, a time of day: 2026-03-05, 2026-03, 2026年3月, 9:30."""

    def met(word: str) -> Q:
        clock, found = CLOCK.fullmatch(word), DAY.fullmatch(word)
        if clock and moment:
            return Q(**{f"{field}__hour": int(clock[1]), f"{field}__minute": int(clock[2])})
        if not found:
            return NOTHING
        path = f"{field}__date" if moment else field
        parts = zip(("year", "month", "day"), found.groups(), strict=True)
        return Q(**{f"{path}__{part}": int(number) for part, number in parts if number})

    return met


def number(field: str) -> Match:
    """Meet a small number, alone or within words: 3, 第3届; what has four digits is a year."""

    def met(word: str) -> Q:
        found = NUMBER.fullmatch(word)
        return Q(**{field: int(found[1])}) if found else NOTHING

    return met


def of_month(field: str) -> Match:
    """Meet a period kept as `2026-03` or `2026`, however its month is written."""

    def met(word: str) -> Q:
        code = month_of(word)
        return Q(**{f"{field}__startswith": code}) if code else NOTHING

    return met


def month_of(word: str) -> str:
    """Return a month or a year as periods are kept, nothing where the word is neither."""
    found = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{2})|[-/.年](\d{1,2})月?|年)?", word)
    if not found:
        return ""
    year, month = found[1], found[2] or found[3]
    try:
        return f"{date(int(year), int(month), 1):%Y-%m}" if month else year
    except ValueError:
        return ""
