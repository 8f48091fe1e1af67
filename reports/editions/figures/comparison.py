"""Compare a total with that of an earlier span over the libraries and months that have figures on both sides (6.1 d).

Nothing else decides whether two totals may be set against each other.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_noop

from members.indicators.models import Indicator
from members.periods.models import period_days
from reports.documents.figures import TOO_FEW
from reports.editions.figures.spans import REPORTED, Span, library_cell

# Snapshots keep this reason in English; it is named here so that the catalogue has it.
NO_BASE = gettext_noop("nothing to compare with")

# What one library had, now and then, and in how many months.
Pair = tuple[int, int, int]


class Sides(NamedTuple):
    """Both sides of a change, which add up over libraries: over how many of how many, both sums, and of the months."""

    libraries: int = 0
    of: int = 0
    value: int = 0
    base: int = 0
    months: int = 0
    wanted: int = 0

    def plus(self, other: "Sides") -> "Sides":
        return Sides(*(one + more for one, more in zip(self, other, strict=True)))


def change_between(now: Span, base: Span, indicator: Indicator, district: Any = None) -> dict[str, Any]:
    """Return how a total moved: over how many libraries, both sums, the rate, or the reason why there is none."""
    return change_of(sides_of(now, base, indicator, district))


def sides_of(now: Span, base: Span, indicator: Indicator, district: Any = None) -> Sides:
    """Add up what the libraries have on both sides.

    A library that reported half of its months lets half of them count; to which it does not apply is not asked for.
    """
    wanted = {one: _wanted(now, one, indicator, district) for one in now.counting(indicator, district)}
    wanted = {one: months for one, months in wanted.items() if months}
    pairs = [pair for one in wanted if (pair := pair_of(now, base, one, indicator, district))]
    value, before, months = (sum(pair[at] for pair in pairs) for at in range(3))
    return Sides(len(pairs), len(wanted), value, before, months, sum(wanted.values()))


def change_of(sides: Sides) -> dict[str, Any]:
    """Say whether both sides may be set against each other, and how the total moved."""
    value, before = sides.value, sides.base
    found = {"libraries": sides.libraries, "of": sides.of, "value": value, "base": before, "rate": None}
    if not before:
        return found | {"reason": NO_BASE}
    if min(sides.libraries / sides.of, sides.months / sides.wanted) < settings.COMPARABLE_FROM:
        return found | {"reason": TOO_FEW}
    return found | {"rate": round((value - before) / before, 6)}


def _wanted(now: Span, library: int, indicator: Indicator, district: Any) -> int:
    """Return of how many months a library has a number, or lacks one; of a stock the end alone is wanted."""
    answers, places = now.answers.get(library, {}), now.places.get(library, {})
    asked = now.asked(library, indicator, now.due.get(library, []))
    months = [month for month in asked if district is None or places.get(month) == district]
    words = [month for month in months if isinstance(answers.get(month, {}).get(indicator.code), str)]
    count = len(months) - len(words) or int(_whole(now, library, indicator))
    return min(count, 1) if indicator.is_stock else count


def pair_of(now: Span, base: Span, library: int, indicator: Indicator, district: Any = None) -> Pair | None:
    """Return what a library has on both sides, None where it has nothing on one; a stock is that of the end."""
    if any(_whole(span, library, indicator) for span in (now, base)):
        return _whole_pair(now, base, library, indicator, district)
    if indicator.is_stock and not now.stayed(library):
        return None
    given = [
        (new, _given(base, library, indicator, earlier, district))
        for month, earlier in zip(now.months, base.months, strict=False)
        if (new := _given(now, library, indicator, month, district)) is not None
    ]
    found = [(new, old) for new, old in (given[-1:] if indicator.is_stock else given) if old is not None]
    return (sum(new for new, __ in found), sum(old for __, old in found), len(found)) if found else None


def _whole(span: Span, library: int, indicator: Indicator) -> bool:
    """Say whether a library gave one figure for a whole year."""
    return len(span.code) == len("2025") and _number(span, library, indicator, span.code) is not None


def _whole_pair(now: Span, base: Span, library: int, indicator: Indicator, district: Any) -> Pair | None:
    """Set whole years against each other: of a year that is not over, or has gaps, a part stands against a whole."""
    if any(span.end != period_days(span.code)[1] for span in (now, base)):
        return None
    cells = [library_cell(span, library, indicator, district) for span in (now, base)]
    if any(cell["value"] is None or cell["status"] != REPORTED for cell in cells):
        return None
    return cells[0]["value"], cells[1]["value"], _wanted(now, library, indicator, district)


def _given(span: Span, library: int, indicator: Indicator, month: str, district: Any) -> int | None:
    if district is not None and span.places.get(library, {}).get(month) != district:
        return None
    return _number(span, library, indicator, month)


def _number(span: Span, library: int, indicator: Indicator, period: str) -> int | None:
    value = span.answers.get(library, {}).get(period, {}).get(indicator.code)
    return value if isinstance(value, int) else None
