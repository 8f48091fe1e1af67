"""Read totals out of the sums: of indicators, over months, of a place or of peers (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum

from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period
from members.returns.rollup.models import Awaited, Tally


@dataclass(frozen=True)
class Where:
    """Whose figures are added up: those of some districts, one level, one kind; nothing said is all of them."""

    districts: frozenset[int] | None = None
    level: str = ""
    kind: str = ""

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        chosen: dict[str, Any] = {"level": self.level, "kind": self.kind}
        rows = rows.filter(**{name: value for name, value in chosen.items() if value})
        return rows if self.districts is None else rows.filter(district__in=self.districts)


EVERYWHERE = Where()
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Total:
    """A total with its coverage: of how many libraries that were expected how many have answered.

    value: None where nobody gave a number, or where it does not add up. numbers: how many gave one. counted: it is
    known how many were expected.
    """

    value: int | None
    numbers: int
    reported: int
    expected: int
    counted: bool = True

    @property
    def is_complete(self) -> bool:
        return self.counted and self.reported >= self.expected

    @property
    def coverage(self) -> float:
        return self.reported / self.expected if self.counted and self.expected else 0.0

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of those who gave a number; of too few libraries there is none (decision 32)."""
        if self.value is None or not self.numbers or self.coverage < settings.COMPARABLE_FROM:
            return None
        return (Decimal(self.value) / self.numbers).quantize(TENTH)


NOBODY = Total(None, 0, 0, 0, counted=False)
# What a row of sums says: period, district or 0, level, left, due, code, and its amounts.
AMOUNTS = ("total", "numbers", "not_applicable", "closed")
# By the code of the indicator, of the period, and the key of the district (0 for all of them).
Totals = dict[tuple[str, str, int], Total]


def totals(
    codes: Iterable[str],
    periods: Collection[Period],
    where: Where = EVERYWHERE,
    *,
    dictionaries: Dictionaries | None = None,
    by_district: bool = False,
) -> Totals:
    """Return {(indicator, period, district): total} in two queries besides the dictionary (6.2.1 j).

    They are those of a report of the month, as long as the registry is read as it stood at the mark.
    """
    codes, dictionaries = list(codes), dictionaries or Dictionaries()
    places = ["district"] if by_district else []
    awaited = _awaited(periods, where, places)
    given = _given(codes, periods, where, places)
    found: Totals = {}
    for period in periods:
        known = {one.code: one for one in dictionaries.at(period)}
        keys = {key for code, key in given[period.pk]} | set(awaited[period.pk])
        # What the dictionary of the period does not know was not counted then.
        for code, indicator in ((code, known[code]) for code in codes if code in known):
            for key in keys:
                rows = given[period.pk].get((code, key), [])
                found[code, period.code, key] = _total(indicator, period, rows, awaited[period.pk].get(key))
    return found


# Level, left, how many.
AwaitedRow = tuple[str, bool, int]
# Level, left, due, and the amounts.
GivenRow = tuple[Any, ...]


def _awaited(
    periods: Collection[Period], where: Where, places: list[str]
) -> Mapping[int, Mapping[int, list[AwaitedRow]]]:
    rows = where.of(Awaited.objects.filter(period__in=periods)).order_by().values("period", "level", "left", *places)
    found: dict[int, dict[int, list[AwaitedRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.annotate(count=Sum("libraries")):
        found[row["period"]][row.get("district", 0)].append((row["level"], row["left"], row["count"]))
    return found


def _given(
    codes: list[str], periods: Collection[Period], where: Where, places: list[str]
) -> Mapping[int, dict[tuple[str, int], list[GivenRow]]]:
    rows = where.of(Tally.objects.filter(code__in=codes, period__in=periods)).order_by()
    named = rows.values_list("period", "code", "level", "left", "due", *places)
    found: dict[int, dict[tuple[str, int], list[GivenRow]]] = defaultdict(lambda: defaultdict(list))
    for period, code, level, left, due, *more in named.annotate(*(Sum(name) for name in AMOUNTS)):
        key = more[0] if places else 0
        found[period][code, key].append((level, left, due, *more[len(places) :]))
    return found


def _total(indicator: Indicator, period: Period, given: list[GivenRow], awaited: list[AwaitedRow] | None) -> Total:
    """Add up what counts for an indicator, as `total_of` of the reports does it from the returns."""
    levels = {row[0] for row in (*given, *(awaited or ()))}
    # What is counted once a year is asked of a year alone; what is counted by the month, of its last one.
    is_year = period.is_year and indicator.is_yearly
    asked = {level: indicator.is_asked(period.last_day, level, is_year=is_year) for level in levels}
    value = numbers = reported = 0
    expected = sum(count for level, left, count in awaited or () if asked[level] and not (left and indicator.is_stock))
    for level, left, due, total, number, not_applicable, closed in given:
        if left and indicator.is_stock:
            continue
        value, numbers, reported = value + int(total), numbers + number, reported + number + not_applicable
        # Who was closed is not waited for; whoever was not asked and answers all the same counts.
        expected += -closed if due and asked[level] else number + not_applicable
    added = value if numbers and indicator.is_additive else None
    return Total(added, numbers, reported, max(expected, reported), counted=awaited is not None)
