"""Add up what the libraries reported over a month or a year; missing is never zero."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from members.divisions.models import Division
from members.indicators.models import Indicator
from members.libraries.models import Spell
from members.periods.models import Period, month_before, months_of, period_days
from members.returns.due.days import is_late
from members.returns.due.expected import KnownSpells, expected
from members.returns.models import CLOSED, Return

REPORTED, MISSING, NA, SHUT, PARTIAL = "reported", "missing", "na", "closed", "partial"


@dataclass
class Span:
    """A month or a year: its months, who was expected in which, and what they reported.

    end: its last day that is over. due: {library id: [month, …]}; facts: {library id: its last spell in the span};
    places, levels: {library id: {month: district, level on the month's last day}};
    excluded: {library id: {month: reason}}; answers: {library id: {period: figures}}; late: library ids;
    notes: [(library id, period, code, note)].
    """

    code: str
    months: list[str]
    end: date | None = None
    due: dict = field(default_factory=lambda: defaultdict(list))
    facts: dict = field(default_factory=dict)
    places: dict = field(default_factory=lambda: defaultdict(dict))
    levels: dict = field(default_factory=lambda: defaultdict(dict))
    excluded: dict = field(default_factory=lambda: defaultdict(dict))
    answers: dict = field(default_factory=lambda: defaultdict(dict))
    late: set = field(default_factory=set)
    notes: list = field(default_factory=list)

    @cached_property
    def libraries(self):
        """Return the ids of all who belong in the tables, in the office's order."""
        order = sorted(
            self.facts.values(), key=lambda spell: (spell.district.sort, spell.level_rank, spell.library.code)
        )
        return [spell.library_id for spell in order]

    @cached_property
    def codes(self):
        """Return the codes of all who belong in the tables: {library id: code}."""
        return {library: self.facts[library].library.code for library in self.libraries}

    @property
    def over(self):
        """Return the months that are over."""
        return {month for month in self.months if self.end and period_days(month)[1] <= self.end}

    @cached_property
    def districts(self):
        """Return the districts in which any library stood in some month, in the office's order."""
        found = {place.code: place for places in self.places.values() for place in places.values()}
        return sorted(found.values(), key=lambda district: district.sort)

    def stayed(self, library):
        """Say whether a library still belonged on the last day: only then its stock is one of the end."""
        return self.end is not None and self.facts[library].covers(self.end)

    def counting(self, indicator, district=None):
        """Return the ids of those who count for an indicator: of a stock who is there at the end, else everybody."""
        found = self._counting[indicator.is_stock][district.code if district else ""]
        return found if indicator.is_always_asked else [one for one in found if self.concerns(one, indicator)]

    def counts(self, library: int, indicator: Indicator) -> bool:
        """Say whether a library counts for an indicator, as `counting` says of all."""
        if indicator.is_stock and not self.stayed(library):
            return False
        return indicator.is_always_asked or self.concerns(library, indicator)

    def concerns(self, library: int, indicator: Indicator) -> bool:
        """Say whether a library is asked for an indicator in some month in which it is expected, or gave it anyway."""
        due, answers = self.due.get(library, []), self.answers.get(library, {}).values()
        asked = not due or self.asked(library, indicator, due)
        return bool(asked) or any(indicator.code in figures for figures in answers)

    def asked(self, library: int, indicator: Indicator, months: list[str]) -> list[str]:
        """Return those of some months in which a library is asked for an indicator."""
        if indicator.is_always_asked:
            return months
        levels = self.levels[library]
        if indicator.is_yearly:
            return months if self._is_asked_of_the_year(indicator, levels) else []
        return [month for month in months if indicator.is_asked(period_days(month)[1], levels.get(month))]

    def _is_asked_of_the_year(self, indicator: Indicator, levels: dict[str, str]) -> bool:
        """Say whether a figure that is counted once a year is due: of a whole year that is over."""
        day = period_days(self.code)[1]
        is_due = len(self.code) == len("2025") and self.end == day
        return is_due and any(indicator.is_asked(day, level, is_year=True) for level in set(levels.values()))

    @cached_property
    def _counting(self):
        found: dict = {True: defaultdict(list), False: defaultdict(list)}
        for library in self.libraries:
            for code in ("", *{place.code for place in self.places[library].values()}):
                found[False][code].append(library)
            if self.stayed(library):
                for code in ("", self.facts[library].district.code):
                    found[True][code].append(library)
        return found


def year_before(code: str) -> str:
    """Return the year before a year, or the same month of the year before."""
    return month_before(code, 12) if len(code) == 7 else month_before(code)


def read_span(code: str, months: int | None = None, known: KnownSpells | None = None) -> Span:
    """Read a month or a year out of what is accepted, in a number of queries that does not grow with the libraries.

    months: how many of the year's first ones alone; a return of the whole year says nothing of these. known: the
    registry of a stretch in which the span lies, where many spans are read.
    """
    span = Span(code, months_of(code)[:months])
    today = timezone.localdate()
    for period in periods_of(code)[:months]:
        if period.last_day < today:
            expect(span, period, known)
            span.end = period.last_day
    _read_answers(span)
    return span


def periods_of(code):
    """Return the months of a period's code with the moment at which each was locked; a locked year locks its months."""
    stored = {period.code: period for period in Period.objects.filter(code__in={*months_of(code), code[:4]})}
    year = stored.get(code[:4])
    found = []
    for month in months_of(code):
        first_day, last_day = period_days(month)
        period = stored.get(month) or Period(code=month, first_day=first_day, last_day=last_day)
        if year and year.is_locked and not period.is_locked:
            period.locked_at = year.locked_at
        found.append(period)
    return found


def expect(
    span: Span, period: Period, known: KnownSpells | None = None, belongs: Callable[[Spell], bool] = lambda spell: True
) -> None:
    """Note who was expected for a month, and how everybody stood in it; of those alone who belong to what is read."""
    found = expected(period, known)
    for library, spell in found.libraries:
        if belongs(spell):
            span.due[library.pk].append(period.code)
            _place(span, library, spell, period)
    for library, spell, reason in found.excluded:
        if belongs(spell):
            span.excluded[library.pk][period.code] = str(reason)
            _place(span, library, spell, period)


def _place(span, library, spell, period):
    span.facts[library.pk] = spell
    span.places[library.pk][period.code] = spell.district
    span.levels[library.pk][period.code] = spell.level


def _read_answers(span):
    is_whole = span.code not in span.months and span.months == months_of(span.code)
    codes = [*span.months, span.code] if is_whole else span.months
    rows = Return.objects.accepted().filter(period__code__in=codes).select_related("period")
    for one in rows.order_by("period__code", "library_id").iterator(chunk_size=2000):
        span.answers[one.library_id][one.period.code] = one.figures
        if is_late(one):
            span.late.add(one.library_id)
        span.notes += [
            (one.library_id, one.period.code, code, note) for code, note in sorted(one.notes.items()) if note
        ]


def library_cell(span, library, indicator, district=None):
    """Return {"value", "status"} of one library over the span, or over its months in one district.

    A year's own return stands for all its months, in the district of the last one. A stock is that of the last month
    that has one, and only of a library that is still there at the end: it counts where the library stands then.
    """
    answers, places = span.answers.get(library, {}), span.places.get(library, {})
    ends_here = district is None or span.facts[library].district == district
    if indicator.is_stock and not (ends_here and span.stayed(library)):
        return {"value": None, "status": NA}
    whole = answers.get(span.code, {}).get(indicator.code)
    if whole is not None:
        return _plain_cell([whole], 0, indicator) if ends_here else {"value": None, "status": SHUT}
    months = span.months
    if district is not None and not indicator.is_stock:
        months = [month for month in months if places.get(month) == district]
    due = [month for month in span.due.get(library, []) if month in months]
    given = [answers.get(month, {}).get(indicator.code) for month in months]
    asked = span.asked(library, indicator, due)
    lacking = sum(answers.get(month, {}).get(indicator.code) is None for month in asked)
    if not asked and not any(value is not None for value in given):
        return {"value": None, "status": NA if due else SHUT}
    return _plain_cell([value for value in given if value is not None], lacking, indicator)


def _plain_cell(given, lacking, indicator):
    numbers = [value for value in given if isinstance(value, int)]
    if numbers:
        value = numbers[-1] if indicator.is_stock else sum(numbers)
        if len(given) > 1 and not (indicator.is_stock or indicator.adds_over_time):
            # A count of heads in each month says nothing of the year.
            return {"value": None, "status": NA}
        return {"value": value, "status": PARTIAL if lacking else REPORTED}
    if lacking or not given:
        return {"value": None, "status": MISSING}
    return {"value": None, "status": SHUT if CLOSED in given else NA}


def total_of(span: Span, indicator: Indicator, district: Division | None = None) -> dict[str, Any]:
    """Add up the libraries that count for an indicator: those of the end for a stock, else all of the span."""
    cells = {one: library_cell(span, one, indicator, district) for one in span.counting(indicator, district)}
    return total_cell(cells, span.codes, span.late, indicator)


def total_cell(cells, codes, late, indicator):
    """Add up the cells of many libraries: {library id: cell} to the contract's cell."""
    due = {library: cell for library, cell in cells.items() if cell["status"] != SHUT}
    missing = sorted(codes[library] for library, cell in due.items() if cell["status"] in {MISSING, PARTIAL})
    numbers = [cell["value"] for cell in cells.values() if cell["value"] is not None]
    return {
        "value": sum(numbers) if numbers and indicator.is_additive else None,
        "additive": indicator.is_additive,
        "complete": not missing,
        "expected": len(due),
        "reported": len(due) - len(missing),
        "late": sum(library in late for library in due),
        "missing": missing,
    }
