"""Hold the indicators which the portal starts with, and what the checks and the demo know of each.

They stand in a table beside this module, a row for each. The office changes the words in the admin, and says of whom
one is asked (docs/decisions/0022-indicators-and-checks.md, docs/decisions/0033-dictionary-as-records.md).
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from members.indicators.models import Indicator
from members.indicators.versions.actions import keep, keep_first, stated

# Names in both languages, units, terms after ISO 2789 and definitions of all that is counted.
TABLE = Path(__file__).with_name("dictionary.csv")
WORDS = ("code", "name", "name_en", "unit", "unit_en", "over_time", "over_libraries", "definition", "definition_en")
# What an indicator is; the office does not change it, and a portal of an older release gets it with its upgrade.
NATURE = ("reported_by", "frequency", "iso_term", "part_of", "balance")


class Usual(NamedTuple):
    """How large a figure usually is: from `least` to `most` of one that stands before it in the dictionary."""

    of: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class First:
    """One indicator as the portal starts with it; the terms follow ISO 2789.

    asked: of all who report it, from the beginning. part_of: it is never more than that one. traits: “swings”, much
    more or less than before asks for a word; “zero_is_odd” in a house open all the time; “closed_is_zero”, something in
    a house closed all the time is odd. usual: how the demo and the tests find a figure, where they have no rule of
    their own for it.
    """

    code: str
    asked: bool
    reported_by: str
    frequency: str
    over_time: str
    over_libraries: str
    part_of: str
    balance: str
    unit: str
    unit_en: str
    iso_term: str
    name: str
    name_en: str
    traits: frozenset[str]
    usual: Usual | None
    definition: str
    definition_en: str

    @property
    def is_stock(self) -> bool:
        return self.over_time == Indicator.OverTime.LAST

    @property
    def is_counted_monthly(self) -> bool:
        """Say whether libraries count it as it happens, month by month, unlike a stock or an amount of a year."""
        by_library = self.reported_by == Indicator.ReportedBy.LIBRARY
        return by_library and self.frequency == Indicator.Frequency.MONTH and self.over_time == Indicator.OverTime.SUM

    @property
    def adds_up(self) -> bool:
        return self.over_libraries == Indicator.OverLibraries.SUM


def _row(cells: dict[str, str]) -> First:
    of, *share = cells["usual"].split() or [""]
    usual = Usual(of, *map(float, share)) if of else None
    read: dict[str, Any] = {**cells, "traits": frozenset(cells["traits"].split()), "usual": usual}
    return First(**read | {"asked": cells["asked"] == "yes"})


with TABLE.open(encoding="utf-8", newline="") as lines:
    DICTIONARY: tuple[First, ...] = tuple(map(_row, csv.DictReader(lines)))
# Those which are asked of all from the beginning; the office switches the others on, when it wants them.
FIRST_INDICATORS = tuple(one for one in DICTIONARY if one.asked)


def with_the_usual(figures: Mapping[str, int], between: Callable[[float, float], float]) -> dict[str, int]:
    """Return these figures with the usual ones of all other indicators, in the order of the dictionary.

    `between` chooses a share from the least to the most; ValueError where nothing says how large a figure usually is.
    """
    found = dict(figures)
    for one in FIRST_INDICATORS:
        if one.code not in found and one.usual:
            found[one.code] = int(found[one.usual.of] * between(one.usual.least, one.usual.most))
    if untold := [one.code for one in FIRST_INDICATORS if one.code not in found]:
        raise ValueError(f"Nothing says how large {', '.join(untold)} usually is: give it `usual`.")
    return {one.code: found[one.code] for one in FIRST_INDICATORS}


def codes(trait: str) -> tuple[str, ...]:
    """Return the codes of the first indicators of which something is true, in the order of the dictionary."""
    return tuple(one.code for one in FIRST_INDICATORS if trait in one.traits or getattr(one, trait, False) is True)


def load_first_indicators() -> int:
    """Make sure the indicators which the portal starts with exist; return how many were new (6.2.1 j).

    A new one comes behind the one before it, in whatever order the office has put them, and no two on one place. A
    portal that runs asks for it from the next month on: nobody has counted it in the months before.
    """
    stored = list(Indicator.objects.all())
    order, fresh, place = list(stored), [], 0
    for one in DICTIONARY:
        at = next((at for at, known in enumerate(order) if known.code == one.code), None)
        if at is None:
            at = place
            fresh.append(_indicator(one, asked_from=next_month() if stored else None))
            order.insert(at, fresh[-1])
        place = at + 1
    if fresh:
        for sort, each in enumerate(order, start=1):
            each.sort = sort
        Indicator.objects.bulk_update(stored, ["sort"])
        Indicator.objects.bulk_create(fresh)
    _tell_nature(stored)
    if not keep_first() and fresh:
        keep({one.code: stated(one) for one in fresh}, f"{next_month():%Y-%m}")
    return len(fresh)


def next_month() -> date:
    return (timezone.localdate().replace(day=1) + timedelta(days=31)).replace(day=1)


def _indicator(one: First, asked_from: date | None) -> Indicator:
    words = {name: getattr(one, name) for name in (*WORDS, *NATURE)}
    return Indicator(**words, in_use=one.asked, asked_from=asked_from if one.asked else None)


def _tell_nature(stored: list[Indicator]) -> None:
    """Say of the indicators of an older release what it did not know yet."""
    natures = {one.code: {name: getattr(one, name) for name in NATURE} for one in DICTIONARY}
    told = []
    for each in stored:
        nature = natures.get(each.code, {})
        if any(getattr(each, name) != value for name, value in nature.items()):
            vars(each).update(nature)
            told.append(each)
    Indicator.objects.bulk_update(told, NATURE)
