"""Try a check on a month that is over, before it is switched on (6.2.1 j)."""

from dataclasses import dataclass

from members.indicators.models import Indicator
from members.periods.models import Period
from members.returns.checks import Case, Finding, check, history_of, names_of
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
    returns = list(kept.named().order_by("library__code"))
    history, stood = history_of([period.code]), stays(period.first_day, period.last_day)
    names, asked = names_of(Indicator.objects.all()), []
    for one in returns:
        found = stood.get(one.library_id)
        case = Case(
            one.figures,
            period.days,
            standing(found, period) if found else OUTSIDE,
            history.past(one.library_id, period.code),
            is_year=period.is_year,
            rows=rows,
            names=names,
        )
        # What the kind itself says, apart from what is always looked at.
        if findings := [each for each in check(case) if each.rule not in ALWAYS]:
            asked.append(Asked(one, findings))
    return Trial(period, len(returns), asked)


ALWAYS = {"count", "absent"}
