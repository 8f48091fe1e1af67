"""Check the figures of a return: what cannot be true blocks, what is odd asks for an explanation (6.2.1 j).

Everything here is plain Python over one Case, without a query: a file of ten thousand rows is checked in a moment.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.returns.expected import Standing
from members.returns.history import NO_PAST, Past
from members.returns.models import CLOSED, NOT_APPLICABLE

MARKS = (NOT_APPLICABLE, CLOSED)
# Swings of the stock have a rule of their own, and days open are few.
SWINGING = ("V01", "L01", "L02", "L04", "R01", "R03", "R04", "E01", "E02")
OF_OPEN_HOUSES = ("V01", "L01", "E01", "N05")

SENTENCES = {
    "count": _("A figure is a whole number from zero up, “—” or “closed”."),
    "part": _("Children's loans (%(part)s) cannot be more than all loans (%(whole)s)."),
    "balance": _(
        "Valid cards must be %(due)s: %(closing)s at the end of the period before, plus %(new)s new, less %(gone)s "
        "cancelled; not %(value)s."
    ),
    "opening": _(
        "The opening balance must be the last closing balance: %(closing)s, plus %(new)s new, less %(gone)s cancelled, "
        "makes %(due)s; not %(value)s."
    ),
    "days": _("%(value)s days open are more than the %(days)s days of the period."),
    "events": _("%(attendances)s attendances at %(events)s events: either both are zero or none of them."),
    "absent": _("The library did not belong to the system on any day of this period."),
    "swing_month": _("%(value)s, after %(base)s in the month before: a change of more than %(limit)s %%."),
    "swing_year": _("%(value)s, after %(base)s a year before: a change of more than %(limit)s %%."),
    "idle": _("Zero, although the library was open all the time."),
    "busy": _("%(value)s, although the library was closed all the time."),
    "loans_per_visit": _("%(loans)s loans at %(visits)s visits are more than %(limit)s a visit."),
    "crowd": _("%(attendances)s attendances at %(events)s events are more than %(limit)s an event."),
    "stock": _("%(value)s, after %(base)s before: the stock has changed by more than %(limit)s %%."),
    "few_days": _("Open on %(value)s days only, fewer than %(limit)s, without a suspension on record."),
    "same": _("All %(count)s figures other than zero are the same as in the month before."),
    "round": _("%(count)s figures end in 000: counted, or estimated?"),
}
BLOCKING = {"count", "part", "balance", "opening", "days", "events", "absent"}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a return is questioned (settings.RETURN_CHECKS)."""

    swing: float
    swing_base: float
    stock_change: float
    loans_per_visit: float
    attendances_per_event: float
    days_open: float
    same_figures: float
    round_figures: float


def limits():
    return Limits(**settings.RETURN_CHECKS)


@dataclass(slots=True)
class Case:
    """What the rules look at; `numbers` are the figures that are numbers, filled in by `check`."""

    figures: dict
    days: int
    standing: Standing
    past: Past = NO_PAST
    is_year: bool = False
    limits: Limits = field(default_factory=limits)
    numbers: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, at which cell; the sentence is put together in the reader's language."""

    code: str
    rule: str
    words: dict = field(default_factory=dict)

    @property
    def blocks(self):
        return self.rule in BLOCKING

    @property
    def sentence(self):
        return str(SENTENCES[self.rule]) % {key: _shown(value) for key, value in self.words.items()}

    def as_question(self):
        """Return what the return keeps of it."""
        return {"code": self.code, "rule": self.rule, "words": self.words}


def _shown(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def check(case):
    """Return all findings of a return, those that block first."""
    broken = whole_numbers(case)
    if broken:
        return broken
    case.numbers = {code: value for code, value in case.figures.items() if value.__class__ is int}
    findings = []
    for rule in RULES:
        findings += rule(case)
    return findings


def unanswered(findings, notes):
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
    """E: there are attendances exactly when there are events."""
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
    idle_though_open,
    busy_though_closed,
    loans_per_visit,
    attendances_per_event,
    stock_change,
    few_days,
    same_as_before,
    round_figures,
)
