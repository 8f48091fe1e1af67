"""Try a check on a month that is over, before it is switched on (6.2.1 j)."""

from collections.abc import Iterator
from dataclasses import dataclass

from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.checks import Case, Finding, Names, Peers, check, history_of, names_of
from members.returns.checks.history import NAMED_LIBRARIES
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row, Rows
from members.returns.due.expected import OUTSIDE, standing, stays
from members.returns.models import Return


@dataclass(frozen=True, slots=True)
class Asked:
    """A return about which the check would have said something."""

    one: Return
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a check would have said of a month: of which returns, out of how many."""

    period: Period
    looked_at: int
    asked: list[Asked]


def tried(row: CheckRow, period: Period) -> Trial:
    """Return what a check would have said of the returns handed in for a month.

    A query for each kind of thing and two thousand libraries: their history is never held of more.
    """
    kept = Return.objects.received().filter(period__code=period.code).order_by("library_id")
    returns = list(kept.values_list("library_id", "pk"))
    names, peers, found = names_of(Indicator.objects.all()), Peers(period), {}
    for start in range(0, len(returns), NAMED_LIBRARIES):
        some = dict(returns[start : start + NAMED_LIBRARIES])
        for library, case in _cases((Row.of(row),), period, list(some), names, peers):
            # What the kind itself says, apart from what is always looked at.
            if findings := [each for each in check(case) if each.rule not in ALWAYS]:
                found[some[library]] = findings
    asked = Return.objects.filter(pk__in=found).named().order_by("library__code")
    return Trial(period, len(returns), [Asked(one, found[one.pk]) for one in asked])


def _cases(rows: Rows, period: Period, libraries: list[int], names: Names, peers: Peers) -> Iterator[tuple[int, Case]]:
    """Yield what is looked at of these libraries: their figures of the month, and all that they are held against."""
    history, stood = history_of([period.code], libraries), stays(period.first_day, period.last_day, libraries)
    for library in libraries:
        days = stood.get(library)
        yield (
            library,
            Case(
                history.figures.get((library, period.code), {}),
                period.days,
                standing(days, period) if days else OUTSIDE,
                history.past(library, period.code),
                is_year=period.is_year,
                rows=rows,
                names=names,
                peers=peers,
            ),
        )


ALWAYS = {"count", "absent"}
