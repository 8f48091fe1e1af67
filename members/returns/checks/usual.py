"""Ask about figures that are far from what a library usually has, however small or seasonal it is (6.2.1 j).

Medians and their deviations are reckoned with, so that one wrong figure among those before makes no right one odd. A
count varies by its root (Poisson): 4 after 9 is nothing, 4,000 after 9,000 is. Decision 38 tells how often it is wrong.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from members.returns.checks.cases import Case
from members.returns.checks.kinds import Finding, asks
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.checks.rules import rule

UNLIKE = asks("unlike", _("%(value)s; in the %(count)s months before it was %(usual)s as a rule."))
UNLIKE_SEASON = asks(
    "unlike_season",
    _("%(value)s; in the %(count)s months before it was %(usual)s as a rule, and %(same)s in this month of the years."),
)
# By so much the deviations of figures that vary as chance would are multiplied to give their standard deviation.
TO_SIGMA = 1.4826


@rule(CheckRow.Kind.UNLIKE)
def unlike_before(case: Case, row: Row) -> Iterator[Finding]:
    """A figure is far from the last months, and from the same month of the years before."""
    if len(case.past.recent) < max(row.months, 1) or not case.standing.serving:
        return
    recent, season = columns(opened(case.past.recent), row.codes), None
    for place, (code, before) in enumerate(zip(row.codes, recent, strict=False)):
        value = case.numbers.get(code)
        if value is None:
            continue
        known = numbers(before)
        if len(known) < max(row.months, 1) or not is_far(value, known, row):
            continue
        season = season or columns(opened(case.past.same), row.codes)
        same = numbers(season[place]) if season else []
        if not same or is_far(value, same, row):
            yield unlike(code, value, len(known), _middle(known), _middle(same) if same else None)


def unlike(code: str, value: int, count: int, usual: int, same: int | None) -> Finding:
    """Ask about a figure that is unlike the months before, and unlike this month of earlier years if there were any."""
    words = {"value": value, "count": count, "usual": usual}
    return UNLIKE.at(code, **words) if same is None else UNLIKE_SEASON.at(code, **words, same=same)


class Far(NamedTuple):
    """What `is_far` asks of a figure and of those before it; `away` is nothing between the extremes of many."""

    usual: int
    away: float
    root: float
    spread: float


def distance(value: int, before: Sequence[int]) -> Far | None:
    """Return how far a count lies from the middle of these, in order, whatever the limits are; None where none was."""
    if not before:
        return None
    middle = _middle(before)
    is_within = len(before) > 4 and before[1] <= value <= before[-2]
    away = 0.0 if is_within else abs(root(value) - root(middle))
    return Far(middle, away, middle**0.5, _spread(before, root(middle)))


def opened(months: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the months in which the house was not open on a single day: their zeros are not what is usual."""
    return [each for each in months if each.get("N05") != 0]


def columns(months: Sequence[dict[str, Any]], codes: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return what the months say of each figure: a month of 2,000 libraries has 100,000 such columns."""
    return list(zip(*[map(each.get, codes) for each in months], strict=True))


def numbers(column: Sequence[Any]) -> list[int]:
    """Return the numbers of a column, sorted; marks are none."""
    try:
        found = sorted(column)
    except TypeError:
        found = sorted(value for value in column if value.__class__ is int)
    return found if found and found[0].__class__ is int else []


def is_far(value: int, before: Sequence[int], row: Row) -> bool:
    """Say whether a count lies further from the middle of these, in order, than so many times their spread.

    What a library has had nearly twice already is not odd: the largest and the smallest of many may stand alone.
    """
    if len(before) > 4 and before[1] <= value <= before[-2]:
        return False
    middle = _middle(before)
    at, away = root(middle), abs(root(value) - root(middle))
    # A share of a figure is so many spreads of a count, and a count never varies by less than one.
    least = max(1.0, row.share * middle**0.5)
    if away <= row.limit * least:
        return False
    return away > row.limit * max(least, _spread(before, at))


def _spread(before: Sequence[int], at: float) -> float:
    deviations = sorted(abs(root(each) - at) for each in before)
    return TO_SIGMA * deviations[len(deviations) // 2]


def root(count: int) -> float:
    """Return a count on the scale on which chance spreads every count by one (after Anscombe)."""
    return 2.0 * (count + 0.375) ** 0.5


def _middle(before: Sequence[int]) -> int:
    """Return the median of what stands in order, as a whole number."""
    place = len(before) // 2
    return before[place] if len(before) % 2 else (before[place - 1] + before[place]) // 2
