"""Try a check on a month that is over, before it is switched on (6.2.1 j)."""

from dataclasses import dataclass

from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.checks import Finding, Peers, check, names_of
from members.returns.checks.history import NAMED_LIBRARIES
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.checks.scores.actions import cases_of, changed_since, found_by_scores, scored_for
from members.returns.models import Return, ReturnQuerySet


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

    Where the month has scores they say it, but for the libraries of which something was written since.
    """
    received = Return.objects.received().filter(period__code=period.code)
    found = _found(Row.of(row), period, received)
    asked = received.filter(library__in=found).named().order_by("library__code")
    return Trial(period, received.count(), [Asked(one, found[one.library_id]) for one in asked])


def _found(row: Row, period: Period, received: ReturnQuerySet) -> dict[int, list[Finding]]:
    """Return what a check finds, by library."""
    scored = scored_for(row, period)
    if scored is None:
        return looked_at(row, period, list(received.order_by("library_id").values_list("library_id", flat=True)))
    changed = changed_since(scored)
    return found_by_scores(row, scored.period, changed) | looked_at(row, period, _received(received, changed))


def _received(received: ReturnQuerySet, libraries: set[int]) -> list[int]:
    if not libraries:
        return []
    return list(received.filter(library__in=libraries).order_by("library_id").values_list("library_id", flat=True))


def looked_at(row: Row, period: Period, libraries: list[int]) -> dict[int, list[Finding]]:
    """Let a check look at the returns of libraries, by library.

    A query for each kind of thing and two thousand libraries: their history is never held of more.
    """
    if not libraries:
        return {}
    names, peers, found = names_of(Indicator.objects.all()), Peers(period), {}
    for start in range(0, len(libraries), NAMED_LIBRARIES):
        some = libraries[start : start + NAMED_LIBRARIES]
        for library, case in cases_of((row,), period, some, names, peers):
            # What the kind itself says, apart from what is always looked at.
            if findings := [each for each in check(case) if each.rule not in ALWAYS]:
                found[library] = findings
    return found


ALWAYS = {"count", "absent"}
