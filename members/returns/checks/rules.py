"""Check the figures of a return: what cannot be true blocks, what is odd asks for an explanation (6.2.1 j).

Everything here is plain Python over one Case, without a query: a file of ten thousand rows is checked in a moment.
"""

from collections.abc import Iterable, Mapping

from members.returns.checks.cases import Case, Finding
from members.returns.models import CLOSED, NOT_APPLICABLE

MARKS = (NOT_APPLICABLE, CLOSED)
# Swings of the stock have a rule of their own, and days open are few.
SWINGING = ("V01", "L01", "L02", "L04", "R01", "R03", "R04", "E01", "E02")
OF_OPEN_HOUSES = ("V01", "L01", "E01", "N05")
FIRST = ("V01", "L01", "R01", "R04", "C01", "E02")
# What is counted at the end of a period is not twelve times as much in a year.
STOCKS = ("R04", "C01")


def check(case: Case) -> list[Finding]:
    """Return all findings of a return, those that block first."""
    broken = whole_numbers(case)
    if broken:
        return broken
    case.numbers = {code: value for code, value in case.figures.items() if value.__class__ is int}
    findings = []
    for rule in RULES:
        findings += rule(case)
    return findings


def unanswered(findings: Iterable[Finding], notes: Mapping[str, str]) -> list[Finding]:
    """Return the findings that ask and have no note on their cell."""
    return [finding for finding in findings if not finding.blocks and not notes.get(finding.code)]


def whole_numbers(case):
    """E: a figure is a whole number from zero up, or one of the marks."""
    return [
        Finding(code, "count")
        for code, value in case.figures.items()
        if (value < 0 if value.__class__ is int else value not in MARKS)
    ]


def part_of_whole(case):
    """E: a part is not more than its whole."""
    whole, part = case.numbers.get("L01"), case.numbers.get("L02")
    if whole is None or part is None or part <= whole:
        return ()
    return (Finding("L02", "part", {"part": part, "whole": whole}),)


def cards_add_up(case):
    """E: valid cards are those of the end before, plus new, less cancelled ones; so they open where the last closed."""
    closing = case.past.closing.get("R04") if case.past.closing else None
    value, new, gone = case.numbers.get("R04"), case.numbers.get("R01"), case.numbers.get("R03")
    if value is None or new is None or gone is None or closing.__class__ is not int or value == closing + new - gone:
        return ()
    words = {"value": value, "closing": closing, "new": new, "gone": gone, "due": closing + new - gone}
    return (Finding("R04", "opening" if case.past.crossed else "balance", words),)


def days_of_period(case):
    """E: nobody is open on more days than there are."""
    value = case.numbers.get("N05")
    if value is None or value <= case.days:
        return ()
    return (Finding("N05", "days", {"value": value, "days": case.days}),)


def events_and_attendances(case):
    """W: there are attendances when there are events; an exhibition that nobody counts needs a word."""
    events, attendances = case.numbers.get("E01"), case.numbers.get("E02")
    if events is None or attendances is None or (events == 0) == (attendances == 0):
        return ()
    return (Finding("E02", "events", {"events": events, "attendances": attendances}),)


def belongs(case):
    """E: who was not in the system does not report."""
    return () if case.standing.belongs else (Finding("", "absent"),)


def swings(case):
    """W: a figure is far from that of last month or of last year."""
    findings = []
    for rule, base in (("swing_month", case.past.before), ("swing_year", case.past.year_ago)):
        if base:
            findings += _swings(case, rule, base)
    return findings


def first_figures(case):
    """W: a figure with none before it is held against the kind, the level and the size of the library."""
    standing, limits = case.standing, case.limits
    before, year_ago = case.past.closing or {}, case.past.year_ago or {}
    most = limits.first_figures.get(standing.kind) or limits.first_figures.get(standing.level, ())
    for code, limit in zip(FIRST, most, strict=False):
        value = case.numbers.get(code)
        if value is None or before.get(code).__class__ is int or year_ago.get(code).__class__ is int:
            continue
        times = 12 if case.is_year and code not in STOCKS else 1
        by_area = times * limits.visits_per_square_metre * int(standing.area or 0) if code == "V01" else 0
        if value > limit * times:
            yield Finding(code, "first", {"value": value, "limit": limit * times})
        elif by_area and value > by_area:
            yield Finding(code, "crowded", {"value": value, "limit": by_area, "area": int(standing.area)})


def _swings(case, rule, bases):
    limit, least = case.limits.swing, case.limits.swing_base
    numbers = case.numbers
    for code in SWINGING:
        value, base = numbers.get(code), bases.get(code)
        if value is None or base.__class__ is not int or base < least:
            continue
        if abs(value - base) > base * limit:
            yield Finding(code, rule, {"value": value, "base": base, "limit": limit * 100})


def idle_though_open(case):
    """W: nobody came or borrowed although the house was open all the time."""
    if not case.standing.is_open:
        return ()
    return [Finding(code, "idle") for code in ("V01", "L01") if case.numbers.get(code) == 0]


def busy_though_closed(case):
    """W: something happened in a house that was closed all the time."""
    if case.standing.serving or not case.standing.belongs:
        return ()
    numbers = case.numbers
    return [Finding(code, "busy", {"value": numbers[code]}) for code in OF_OPEN_HOUSES if numbers.get(code)]


def loans_per_visit(case):
    """W: each visitor took more than a handful."""
    loans, visits = case.numbers.get("L01"), case.numbers.get("V01")
    limit = case.limits.loans_per_visit
    if not loans or visits is None or loans <= visits * limit:
        return ()
    return (Finding("L01", "loans_per_visit", {"loans": loans, "visits": visits, "limit": limit}),)


def attendances_per_event(case):
    """W: an event drew more people than any room holds."""
    events, attendances = case.numbers.get("E01"), case.numbers.get("E02")
    limit = case.limits.attendances_per_event
    if not events or attendances is None or attendances <= events * limit:
        return ()
    return (Finding("E02", "crowd", {"events": events, "attendances": attendances, "limit": limit}),)


def stock_change(case):
    """W: the stock is much larger or smaller than before."""
    base = case.past.closing.get("C01") if case.past.closing else None
    value, limit = case.numbers.get("C01"), case.limits.stock_change
    if value is None or base.__class__ is not int or not base or abs(value - base) <= base * limit:
        return ()
    return (Finding("C01", "stock", {"value": value, "base": base, "limit": limit * 100}),)


def few_days(case):
    """W: open on few days of a month, and the registry knows of no suspension."""
    value, limit = case.numbers.get("N05"), case.limits.days_open
    if value is None or value >= limit or case.is_year or case.standing.interrupted:
        return ()
    return (Finding("N05", "few_days", {"value": value, "limit": limit}),)


def same_as_before(case):
    """W: the month is a copy of the one before."""
    before = case.past.before
    if before is None or before != case.figures:
        return ()
    same = [code for code, value in case.numbers.items() if value]
    if len(same) < case.limits.same_figures:
        return ()
    return (Finding(min(same), "same", {"count": len(same)}),)


def round_figures(case):
    """W: too many figures end in 000 to have been counted."""
    found = [code for code, value in case.numbers.items() if value and value % 1000 == 0]
    if len(found) < case.limits.round_figures:
        return ()
    return (Finding(min(found), "round", {"count": len(found)}),)


RULES = (
    part_of_whole,
    cards_add_up,
    days_of_period,
    events_and_attendances,
    belongs,
    swings,
    first_figures,
    idle_though_open,
    busy_though_closed,
    loans_per_visit,
    attendances_per_event,
    stock_change,
    few_days,
    same_as_before,
    round_figures,
)
