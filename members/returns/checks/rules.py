"""Check the figures of a return: what cannot be true blocks, what is odd asks for an explanation (6.2.1 j).

Everything here is plain Python over one Case, without a query: a file of ten thousand rows is checked in a moment.
A rule stands below the kinds of findings that it may have: `refuses` blocks, `asks` wants a word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from members.indicators.dictionary import FIRST_INDICATORS, codes
from members.returns.checks.cases import Case
from members.returns.checks.kinds import Finding, Kind, asks, refuses
from members.returns.models import CLOSED, NOT_APPLICABLE

Rule = Callable[[Case], Iterator[Finding]]

MARKS = (NOT_APPLICABLE, CLOSED)
# Each part with its whole; both are declared with the indicator.
PARTS = {one.code: one.part_of for one in FIRST_INDICATORS if one.part_of}
SWINGING, ZERO_IS_ODD, CLOSED_IS_ZERO, STOCKS = map(codes, ("swings", "zero_is_odd", "closed_is_zero", "is_stock"))
RULES: list[Rule] = []


def rule(check: Rule) -> Rule:
    """Let a rule look at every return, after those above it."""
    RULES.append(check)
    return check


def check(case: Case) -> list[Finding]:
    """Return all findings of a return, in the order of the rules."""
    broken = list(whole_numbers(case))
    if broken:
        return broken
    case.numbers = {code: value for code, value in case.figures.items() if value.__class__ is int}
    return [finding for rule in RULES for finding in rule(case)]


def unanswered(findings: Iterable[Finding], notes: Mapping[str, str]) -> list[Finding]:
    """Return the findings that ask and have no note on their cell."""
    return [finding for finding in findings if not finding.blocks and not notes.get(finding.code)]


COUNT = refuses("count", _("A figure is a whole number from zero up, “—” or “closed”."))


def whole_numbers(case: Case) -> Iterator[Finding]:
    """A figure is a whole number from zero up, or one of the marks; no other rule looks at anything else."""
    for code, value in case.figures.items():
        if value < 0 if value.__class__ is int else value not in MARKS:
            yield COUNT.at(code)


PART = refuses("part", _("“%(part_name)s” (%(part)s) cannot be more than “%(whole_name)s” (%(whole)s)."))


@rule
def part_of_whole(case: Case) -> Iterator[Finding]:
    """A part is not more than its whole."""
    for code, whole_code in PARTS.items():
        part, whole = case.numbers.get(code), case.numbers.get(whole_code)
        if part is not None and whole is not None and part > whole:
            names = {"part_name": case.names[code], "whole_name": case.names[whole_code]}
            yield PART.at(code, part=part, whole=whole, **names)


BALANCE = refuses(
    "balance",
    _(
        "Valid cards must be %(due)s: %(closing)s at the end of the period before, plus %(new)s new, less %(gone)s "
        "cancelled; not %(value)s."
    ),
)
OPENING = refuses(
    "opening",
    _(
        "The opening balance must be the last closing balance: %(closing)s, plus %(new)s new, less %(gone)s cancelled, "
        "makes %(due)s; not %(value)s."
    ),
)


@rule
def cards_add_up(case: Case) -> Iterator[Finding]:
    """Valid cards are those of the end before, plus new, less cancelled ones; so they open where the last closed."""
    closing = case.past.closing.get("R04") if case.past.closing else None
    value, new, gone = case.numbers.get("R04"), case.numbers.get("R01"), case.numbers.get("R03")
    if value is None or new is None or gone is None or closing.__class__ is not int or value == closing + new - gone:
        return
    kind = OPENING if case.past.crossed else BALANCE
    yield kind.at("R04", value=value, closing=closing, new=new, gone=gone, due=closing + new - gone)


DAYS = refuses("days", _("%(value)s days open are more than the %(days)s days of the period."))


@rule
def days_of_period(case: Case) -> Iterator[Finding]:
    """Nobody is open on more days than there are."""
    value = case.numbers.get("N05")
    if value is not None and value > case.days:
        yield DAYS.at("N05", value=value, days=case.days)


EVENTS = asks("events", _("%(attendances)s attendances at %(events)s events: as a rule both are zero or none of them."))


@rule
def events_and_attendances(case: Case) -> Iterator[Finding]:
    """There are attendances when there are events; an exhibition that nobody counts needs a word."""
    events, attendances = case.numbers.get("E01"), case.numbers.get("E02")
    if events is not None and attendances is not None and (events == 0) != (attendances == 0):
        yield EVENTS.at("E02", events=events, attendances=attendances)


ABSENT = refuses("absent", _("The library did not belong to the system on any day of this period."))


@rule
def belongs(case: Case) -> Iterator[Finding]:
    """Who was not in the system does not report."""
    if not case.standing.belongs:
        yield ABSENT.at("")


SWING_MONTH = asks(
    "swing_month", _("%(value)s, after %(base)s in the month before: a change of more than %(limit)s %%.")
)
SWING_YEAR = asks("swing_year", _("%(value)s, after %(base)s a year before: a change of more than %(limit)s %%."))


@rule
def swings(case: Case) -> Iterator[Finding]:
    """A figure is far from that of last month or of last year."""
    for kind, base in ((SWING_MONTH, case.past.before), (SWING_YEAR, case.past.year_ago)):
        if base:
            yield from _swings(case, kind, base)


def _swings(case: Case, kind: Kind, bases: Mapping[str, Any]) -> Iterator[Finding]:
    limit, least = case.limits.swing, case.limits.swing_base
    numbers = case.numbers
    for code in SWINGING:
        value, base = numbers.get(code), bases.get(code)
        if value is None or base.__class__ is not int or base < least:
            continue
        if abs(value - base) > base * limit:
            yield kind.at(code, value=value, base=base, limit=limit * 100)


FIRST = asks(
    "first",
    _("%(value)s is the first figure of this kind, and more than the %(limit)s that such a library has at most."),
)
CROWDED = asks("crowded", _("%(value)s is the first figure of this kind, and more than %(limit)s on %(area)s m²."))


@rule
def first_figures(case: Case) -> Iterator[Finding]:
    """A figure with none before it is held against the kind, the level and the size of the library."""
    standing, limits = case.standing, case.limits
    before, year_ago = case.past.closing or {}, case.past.year_ago or {}
    most = limits.first_figures.get(standing.kind) or limits.first_figures.get(standing.level, {})
    for code, limit in most.items():
        value = case.numbers.get(code)
        if value is None or before.get(code).__class__ is int or year_ago.get(code).__class__ is int:
            continue
        # What is counted at the end of a period is not twelve times as much in a year.
        times = 12 if case.is_year and code not in STOCKS else 1
        by_area = times * limits.visits_per_square_metre * int(standing.area or 0) if code == "V01" else 0
        if value > limit * times:
            yield FIRST.at(code, value=value, limit=limit * times)
        elif by_area and value > by_area:
            yield CROWDED.at(code, value=value, limit=by_area, area=int(standing.area or 0))


IDLE = asks("idle", _("Zero, although the library was open all the time."))


@rule
def idle_though_open(case: Case) -> Iterator[Finding]:
    """Nobody came or borrowed although the house was open all the time."""
    if case.standing.is_open:
        for code in ZERO_IS_ODD:
            if case.numbers.get(code) == 0:
                yield IDLE.at(code)


BUSY = asks("busy", _("%(value)s, although the library was closed all the time."))


@rule
def busy_though_closed(case: Case) -> Iterator[Finding]:
    """Something happened in a house that was closed all the time."""
    if case.standing.belongs and not case.standing.serving:
        for code in CLOSED_IS_ZERO:
            if case.numbers.get(code):
                yield BUSY.at(code, value=case.numbers[code])


LOANS_PER_VISIT = asks("loans_per_visit", _("%(loans)s loans at %(visits)s visits are more than %(limit)s a visit."))


@rule
def loans_per_visit(case: Case) -> Iterator[Finding]:
    """Each visitor took more than a handful."""
    loans, visits = case.numbers.get("L01"), case.numbers.get("V01")
    limit = case.limits.loans_per_visit
    if loans and visits is not None and loans > visits * limit:
        yield LOANS_PER_VISIT.at("L01", loans=loans, visits=visits, limit=limit)


CROWD = asks("crowd", _("%(attendances)s attendances at %(events)s events are more than %(limit)s an event."))


@rule
def attendances_per_event(case: Case) -> Iterator[Finding]:
    """An event drew more people than any room holds."""
    events, attendances = case.numbers.get("E01"), case.numbers.get("E02")
    limit = case.limits.attendances_per_event
    if events and attendances is not None and attendances > events * limit:
        yield CROWD.at("E02", events=events, attendances=attendances, limit=limit)


STOCK = asks("stock", _("%(value)s, after %(base)s before: the stock has changed by more than %(limit)s %%."))


@rule
def stock_change(case: Case) -> Iterator[Finding]:
    """The stock is much larger or smaller than before."""
    base = case.past.closing.get("C01") if case.past.closing else None
    value, limit = case.numbers.get("C01"), case.limits.stock_change
    if value is not None and base.__class__ is int and base and abs(value - base) > base * limit:
        yield STOCK.at("C01", value=value, base=base, limit=limit * 100)


FEW_DAYS = asks("few_days", _("Open on %(value)s days only, fewer than %(limit)s, without a suspension on record."))


@rule
def few_days(case: Case) -> Iterator[Finding]:
    """Open on few days of a month, and the registry knows of no suspension."""
    value, limit = case.numbers.get("N05"), case.limits.days_open
    if value is not None and value < limit and not case.is_year and not case.standing.interrupted:
        yield FEW_DAYS.at("N05", value=value, limit=limit)


SAME = asks("same", _("All %(count)s figures other than zero are the same as in the month before."))


@rule
def same_as_before(case: Case) -> Iterator[Finding]:
    """The month is a copy of the one before."""
    if case.past.before is None or case.past.before != case.figures:
        return
    same = [code for code, value in case.numbers.items() if value]
    if len(same) >= case.limits.same_figures:
        yield SAME.at(min(same), count=len(same))


ROUND = asks("round", _("%(count)s figures end in 000: counted, or estimated?"))


@rule
def round_figures(case: Case) -> Iterator[Finding]:
    """Too many figures end in 000 to have been counted."""
    found = [code for code, value in case.numbers.items() if value and value % 1000 == 0]
    if len(found) >= case.limits.round_figures:
        yield ROUND.at(min(found), count=len(found))
