"""Ask about what is odd in the figures of a return (6.2.1 j).

What cannot be true stands in `rules.py`; everything that is said there holds here too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from members.returns.checks.cases import Case
from members.returns.checks.firsts import is_base, limit_of
from members.returns.checks.kinds import Finding, Kind, asks
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.checks.rules import rule

# A figure like one of so many months before is no swing: the month between them was.
SO_LATELY = 3

EVENTS = asks("events", _("%(attendances)s attendances at %(events)s events: as a rule both are zero or none of them."))


@rule(CheckRow.Kind.EVENTS)
def events_and_attendances(case: Case, row: Row) -> Iterator[Finding]:
    """There are attendances when there are events; an exhibition that nobody counts needs a word."""
    first, second = row.codes
    events, attendances = case.numbers.get(first), case.numbers.get(second)
    if events is not None and attendances is not None and (events == 0) != (attendances == 0):
        yield EVENTS.at(second, events=events, attendances=attendances)


SWING_MONTH = asks(
    "swing_month", _("%(value)s, after %(base)s in the month before: a change of more than %(limit)s %%.")
)
SWING_YEAR = asks("swing_year", _("%(value)s, after %(base)s a year before: a change of more than %(limit)s %%."))


@rule(CheckRow.Kind.SWING)
def swings(case: Case, row: Row) -> Iterator[Finding]:
    """A figure is far from that of last month or of last year, and nobody can say yet what is usual here."""
    for kind, base in ((SWING_MONTH, case.past.before), (SWING_YEAR, case.past.year_ago)):
        if base:
            yield from _swings(case, row, kind, base)


def _swings(case: Case, row: Row, kind: Kind, bases: Mapping[str, Any]) -> Iterator[Finding]:
    limit, least = row.limit, row.base
    numbers = case.numbers
    for code in row.codes:
        value, base = numbers.get(code), bases.get(code)
        if value is None or base.__class__ is not int or base < least:
            continue
        if abs(value - base) > base * limit and not _is_known(case, row, code, value, base):
            yield kind.at(code, value=value, base=base, limit=limit * 100)


def _is_known(case: Case, row: Row, code: str, value: int, base: int) -> bool:
    """Say whether a swing tells nothing: another check knows better, the base is impossible, or it was so just now."""
    recent = [each[code] for each in case.past.recent if each.get(code).__class__ is int]
    if row.months and len(recent) >= row.months:
        return True
    if not is_base(base, limit_of(case, code)):
        return True
    return any(abs(value - each) <= each * row.limit for each in recent[:SO_LATELY])


IDLE = asks("idle", _("Zero, although the library was open all the time."))


@rule(CheckRow.Kind.IDLE)
def idle_though_open(case: Case, row: Row) -> Iterator[Finding]:
    """Nobody came or borrowed although the house was open all the time."""
    if case.standing.is_open:
        for code in row.codes:
            if case.numbers.get(code) == 0:
                yield IDLE.at(code)


BUSY = asks("busy", _("%(value)s, although the library was closed all the time."))


@rule(CheckRow.Kind.BUSY)
def busy_though_closed(case: Case, row: Row) -> Iterator[Finding]:
    """Something happened in a house that was closed all the time."""
    if case.standing.belongs and not case.standing.serving:
        for code in row.codes:
            if case.numbers.get(code):
                yield BUSY.at(code, value=case.numbers[code])


LOANS_PER_VISIT = asks("loans_per_visit", _("%(loans)s loans at %(visits)s visits are more than %(limit)s a visit."))


CROWD = asks("crowd", _("%(attendances)s attendances at %(events)s events are more than %(limit)s an event."))
RATIO = asks("ratio", _("%(value)s is more than %(limit)s times %(other)s: “%(name)s”."))


@rule(CheckRow.Kind.RATIO)
def more_than_so_many_times(case: Case, row: Row) -> Iterator[Finding]:
    """A figure is more than so many times another: loans at each visit, people at each event."""
    code, of = row.codes
    value, other, limit = case.numbers.get(code), case.numbers.get(of), row.limit
    if not value or other is None or value <= other * limit:
        return
    if row.codes == ("L01", "V01"):
        yield LOANS_PER_VISIT.at(code, loans=value, visits=other, limit=limit)
    elif row.codes == ("E02", "E01"):
        if other:
            yield CROWD.at(code, events=other, attendances=value, limit=limit)
    else:
        yield RATIO.at(code, value=value, other=other, limit=limit, name=case.name_of(of))


STOCK = asks("stock", _("%(value)s, after %(base)s before: the stock has changed by more than %(limit)s %%."))


@rule(CheckRow.Kind.STOCK)
def stock_change(case: Case, row: Row) -> Iterator[Finding]:
    """The stock is much larger or smaller than before."""
    limit = row.limit
    for code in row.codes:
        base = case.past.closing.get(code) if case.past.closing else None
        value = case.numbers.get(code)
        if value is not None and base.__class__ is int and base and abs(value - base) > base * limit:
            yield STOCK.at(code, value=value, base=base, limit=limit * 100)


FEW_DAYS = asks("few_days", _("Open on %(value)s days only, fewer than %(limit)s, without a suspension on record."))


@rule(CheckRow.Kind.FEW_DAYS)
def few_days(case: Case, row: Row) -> Iterator[Finding]:
    """Open on few days of a month, and the registry knows of no suspension."""
    for code in row.codes:
        value, limit = case.numbers.get(code), row.limit
        if value is not None and value < limit and not case.is_year and not case.standing.interrupted:
            yield FEW_DAYS.at(code, value=value, limit=limit)


SAME = asks("same", _("All %(count)s figures other than zero are the same as in the month before."))


@rule(CheckRow.Kind.SAME)
def same_as_before(case: Case, row: Row) -> Iterator[Finding]:
    """The month is a copy of the one before."""
    if case.past.before is None or case.past.before != case.figures:
        return
    same = [code for code, value in case.numbers.items() if value]
    if len(same) >= row.base:
        yield SAME.at(min(same), count=len(same))


ROUND = asks("round", _("%(count)s figures end in 000: counted, or estimated?"))


@rule(CheckRow.Kind.ROUND)
def round_figures(case: Case, row: Row) -> Iterator[Finding]:
    """Too many figures end in 000 to have been counted."""
    found = [code for code, value in case.numbers.items() if value and value % 1000 == 0]
    if len(found) >= row.base:
        yield ROUND.at(min(found), count=len(found))
