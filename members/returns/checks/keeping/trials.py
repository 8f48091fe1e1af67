"""Try a check on a month that is over, before it is switched on (6.2.1 j)."""

from dataclasses import dataclass

from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.checks import Case, Finding, Peers, check, history_of, names_of
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
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
    """Return what a check would have said of the returns handed in for a month; a query for each kind of thing."""
    rows, kept = (Row.of(row),), Return.objects.received().filter(period__code=period.code)
    libraries = dict(kept.order_by().values_list("pk", "library_id"))
    history, stood = history_of([period.code]), stays(period.first_day, period.last_day)
    names, peers, found = names_of(Indicator.objects.all()), Peers(period), {}
    for pk, library in libraries.items():
        days = stood.get(library)
        case = Case(
            history.figures.get((library, period.code), {}),
            period.days,
            standing(days, period) if days else OUTSIDE,
            history.past(library, period.code),
            is_year=period.is_year,
            rows=rows,
            names=names,
            peers=peers,
        )
        # What the kind itself says, apart from what is always looked at.
        if findings := [each for each in check(case) if each.rule not in ALWAYS]:
            found[pk] = findings
    asked = Return.objects.filter(pk__in=found).named().order_by("library__code")
    return Trial(period, len(libraries), [Asked(one, found[one.pk]) for one in asked])


ALWAYS = {"count", "absent"}
