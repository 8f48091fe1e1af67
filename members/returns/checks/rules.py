"""Check the figures of a return: what cannot be true blocks, what is odd asks for an explanation (6.2.1 j).

Everything here is plain Python over one Case, without a query (but for the one that reads the peers of first figures,
once for many cases): a file of ten thousand rows is checked in a moment.
A rule stands below the kinds of findings that it may have: `refuses` blocks, `asks` wants a word. It is told by a row
which figures it looks at and with which limits; the row says at last whether what it finds blocks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from members.indicators.dictionary import FIRST_INDICATORS
from members.returns.checks.cases import Case
from members.returns.checks.kinds import KINDS, Finding, refuses
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.models import CLOSED, NOT_APPLICABLE

Rule = Callable[[Case, Row], Iterator[Finding]]

MARKS = (NOT_APPLICABLE, CLOSED)
# Each part with its whole; both are declared with the indicator.
PARTS = {one.code: one.part_of for one in FIRST_INDICATORS if one.part_of}
RULES: dict[str, Rule] = {}


def rule(kind: str) -> Callable[[Rule], Rule]:
    """Let a rule look at every return for which the office keeps a row of its kind."""

    def keep(check: Rule) -> Rule:
        RULES[kind] = check
        return check

    return keep


def check(case: Case) -> list[Finding]:
    """Return all findings of a return, in the order of the kinds of checks."""
    broken = list(whole_numbers(case))
    if broken:
        return broken
    case.numbers = {code: value for code, value in case.figures.items() if value.__class__ is int}
    found = list(belongs(case))
    for row in case.rows:
        for finding in RULES[row.kind](case, row):
            if KINDS[finding.rule].blocks is not row.blocks:
                finding = replace(finding, blocking=row.blocks)
            found.append(finding)
    return found


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


@rule(CheckRow.Kind.PART)
def part_of_whole(case: Case, row: Row) -> Iterator[Finding]:
    """A part is not more than its whole."""
    code, whole_code = row.codes
    part, whole = case.numbers.get(code), case.numbers.get(whole_code)
    if part is not None and whole is not None and part > whole:
        names = {"part_name": case.name_of(code), "whole_name": case.name_of(whole_code)}
        yield PART.at(code, part=part, whole=whole, **names)


SUM = refuses("sum", _("The parts make %(parts)s, and not %(whole)s: “%(whole_name)s”."))


@rule(CheckRow.Kind.PARTS)
def parts_of_a_sum(case: Case, row: Row) -> Iterator[Finding]:
    """Parts that are all there add up to their whole."""
    code, *parts = row.codes
    whole, given = case.numbers.get(code), [case.numbers.get(part) for part in parts]
    numbers = [value for value in given if value is not None]
    if whole is not None and len(numbers) == len(parts) and sum(numbers) != whole:
        yield SUM.at(code, parts=sum(numbers), whole=whole, whole_name=case.name_of(code))


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


ADDS_UP = refuses(
    "adds_up",
    _("%(closing)s at the end of the period before, plus %(new)s, less %(gone)s, makes %(due)s; not %(value)s."),
)


@rule(CheckRow.Kind.BALANCE)
def cards_add_up(case: Case, row: Row) -> Iterator[Finding]:
    """A stock is that of the end before, plus and less what changed it; so it opens where the last closed."""
    code, *changes = row.codes
    closing = case.past.closing.get(code) if case.past.closing else None
    value = case.numbers.get(code)
    if value is None or closing.__class__ is not int:
        return
    if any(one[1:] not in case.numbers for one in changes):
        return
    new = sum(case.numbers[one[1:]] for one in changes if one[0] == "+")
    gone = sum(case.numbers[one[1:]] for one in changes if one[0] == "-")
    if value != closing + new - gone:
        kind = (OPENING if case.past.crossed else BALANCE) if code == "R04" else ADDS_UP
        yield kind.at(code, value=value, closing=closing, new=new, gone=gone, due=closing + new - gone)


DAYS = refuses("days", _("%(value)s days open are more than the %(days)s days of the period."))


@rule(CheckRow.Kind.DAYS)
def days_of_period(case: Case, row: Row) -> Iterator[Finding]:
    """Nobody is open on more days than there are."""
    for code in row.codes:
        value = case.numbers.get(code)
        if value is not None and value > case.days:
            yield DAYS.at(code, value=value, days=case.days)


HOURS = refuses("hours", _("%(value)s hours are more than %(most)s, 24 on each of %(days)s days."))


@rule(CheckRow.Kind.HOURS)
def hours_of_days(case: Case, row: Row) -> Iterator[Finding]:
    """Nobody is open for more hours than the days have."""
    code, of = row.codes
    value, days = case.numbers.get(code), case.numbers.get(of)
    if value is not None and days is not None and value > 24 * days:
        yield HOURS.at(code, value=value, days=days, most=24 * days)


ABSENT = refuses("absent", _("The library did not belong to the system on any day of this period."))


def belongs(case: Case) -> Iterator[Finding]:
    """Who was not in the system does not report."""
    if not case.standing.belongs:
        yield ABSENT.at("")
