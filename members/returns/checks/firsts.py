"""Hold a figure that has none before it against libraries of the same kind, level and size (6.2.1 j)."""

from collections.abc import Iterator
from math import inf
from typing import Any

from django.utils.translation import gettext_lazy as _

from members.indicators.dictionary import DICTIONARY
from members.returns.checks.cases import Case
from members.returns.checks.kinds import Finding, asks
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.checks.rules import rule

STOCKS = {one.code for one in DICTIONARY if one.is_stock}
# What is said of every figure that the limits do not name.
ANY = "*"
# Above so many times what asks for a word nobody believes it, whatever was explained.
BEYOND = 10

FIRST = asks(
    "first",
    _("%(value)s is the first figure of this kind, and more than the %(limit)s that such a library has at most."),
)
CROWDED = asks("crowded", _("%(value)s is the first figure of this kind, and more than %(limit)s on %(area)s m²."))
UNLIKE_OTHERS = asks(
    "unlike_others",
    _("%(value)s is the first figure of this kind; %(count)s libraries like this one have %(usual)s as a rule."),
)


@rule(CheckRow.Kind.FIRST)
def first_figures(case: Case, row: Row) -> Iterator[Finding]:
    """A figure with none before it is larger than such a library has, or than others like it have."""
    standing = case.standing
    limits = limits_of(case, row)
    of_any, is_year = limits.get(ANY), case.is_year
    earlier = [each for each in (case.past.closing, case.past.year_ago, *case.past.recent) if each]
    for code, value in case.numbers.items():
        limit = limits.get(code, of_any)
        times = _times(case, code) if is_year else 1
        if _has_base(earlier, code, limit, times):
            continue
        by_area = times * row.base * int(standing.area or 0) if code == "V01" and code in limits else 0
        if limit is not None and value > limit * times:
            yield FIRST.at(code, value=value, limit=limit * times)
        elif by_area and value > by_area:
            yield CROWDED.at(code, value=value, limit=by_area, area=int(standing.area or 0))
        elif row.limit and (others := case.others(code, row.limit)) and value > others.limit:
            yield UNLIKE_OTHERS.at(code, value=value, usual=others.usual, count=others.among)


def limits_of(case: Case, row: Row) -> dict[str, int]:
    """Return the largest first figures of a library: those of its kind before those of its level."""
    return row.most.get(case.standing.kind) or row.most.get(case.standing.level, {})


def is_base(earlier: Any, limit: int | None, times: int = 1) -> bool:
    """Say whether a figure is held against this one; one that no such library can have had is nothing to go by."""
    return earlier.__class__ is int and (limit is None or earlier <= BEYOND * limit * times)


def _has_base(earlier: list[dict[str, Any]], code: str, limit: int | None, times: int) -> bool:
    """Say of a figure whether any was before; nearly every one is asked, so that a loop is written out."""
    most = inf if limit is None else BEYOND * limit * times
    for each in earlier:
        value = each.get(code)
        if value.__class__ is int and value <= most:
            return True
    return False


def limit_of(case: Case, code: str) -> int | None:
    """Return what no such library has of a figure, as the checks of the month say; None where they say nothing."""
    for row in case.rows:
        if row.kind == CheckRow.Kind.FIRST:
            limits = limits_of(case, row)
            limit = limits.get(code, limits.get(ANY))
            return None if limit is None else limit * _times(case, code)
    return None


def _times(case: Case, code: str) -> int:
    # What is counted at the end of a period is not twelve times as much in a year.
    return 12 if case.is_year and code not in STOCKS else 1
