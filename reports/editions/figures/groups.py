"""Read many spans of some libraries at once: a report by a few hundred at a time, a page those of a level (6.1 d).

The number of queries grows neither with the libraries nor with the spans, and what is held in memory is that of the
libraries of one group alone.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from copy import copy
from datetime import date

from django.utils import timezone

from members.libraries.models import Spell
from members.periods.models import Period, months_of, period_days
from members.returns.due.days import is_late
from members.returns.due.expected import KnownSpells
from members.returns.models import Return, around
from reports.editions.figures.spans import Span, expect

# Who belongs to the group, by the last spell of a library in a month.
Belongs = Callable[[Spell], bool]
READ = ("library_id", "period_id", "figures", "notes", "received_at")


class Stretch:
    """The periods of some months, from the first to the last, and of their years; stored: all, where they are known."""

    def __init__(self, months: list[str], stored: Iterable[Period] | None = None) -> None:
        years = {month[:4] for month in months}
        self.codes, self.today = {*months, *years}, timezone.localdate()
        self.days: tuple[date, date] = (period_days(months[0])[0], period_days(months[-1])[1])
        known = Period.objects.filter(code__in=self.codes) if stored is None else stored
        self.stored = {one.code: copy(one) for one in known if one.code in self.codes}

    def period(self, month: str) -> Period:
        """Return a month, stored or not; a locked year locks its months."""
        first_day, last_day = period_days(month)
        period = self.stored.get(month) or Period(code=month, first_day=first_day, last_day=last_day)
        year = self.stored.get(month[:4])
        if year and year.is_locked and not period.is_locked:
            period.locked_at = year.locked_at
        return period


class KnownGroup:
    """Some libraries in a stretch of months: their spells, and what is accepted of them.

    belongs: who is of the group in a month; without it everybody is, and what he said counts wherever he stood.
    """

    def __init__(self, stretch: Stretch, keys: Collection[int], belongs: Belongs | None = None) -> None:
        self.stretch, self.belongs = stretch, belongs
        self.spells = KnownSpells(*stretch.days, keys)
        self.returns: dict[str, dict[int, Return]] = defaultdict(dict)
        periods = {one.pk: one for one in stretch.stored.values()}
        accepted = Return.objects.accepted().filter(around(keys), period__in=periods).only(*READ)
        wanted = set(keys)
        for one in accepted.iterator(chunk_size=2000):
            if one.library_id in wanted:
                one.period = periods[one.period_id]
                self.returns[one.period.code][one.library_id] = one

    def span(self, code: str, months: int | None = None) -> Span:
        """Return a month or a year of the group; months: how many of the year's first ones alone."""
        span = Span(code, months_of(code)[:months])
        for month in span.months:
            period = self.stretch.period(month)
            if period.last_day < self.stretch.today:
                self._expect(span, period)
                span.end = period.last_day
            self._take(span, month, None if self.belongs is None else _standing(span, month))
        if code not in span.months and span.months == months_of(code):
            at_end = None if self.belongs is None else {one for one in span.facts if span.stayed(one)}
            self._take(span, code, at_end)
        return span

    def _expect(self, span: Span, period: Period) -> None:
        if self.belongs is None:
            expect(span, period, self.spells)
        else:
            expect(span, period, self.spells, self.belongs)

    def _take(self, span: Span, code: str, libraries: Collection[int] | None) -> None:
        for library, one in self.returns[code].items():
            if libraries is None or library in libraries:
                span.answers[library][code] = one.figures
                if self.belongs is None:
                    _remember(span, library, code, one)


def _remember(span: Span, library: int, code: str, one: Return) -> None:
    """Note what a report says beside the figures; where they are only compared, nobody asks."""
    if is_late(one):
        span.late.add(library)
    span.notes += [(library, code, key, note) for key, note in sorted(one.notes.items()) if note]


def _standing(span: Span, month: str) -> set[int]:
    return {library for library, places in span.places.items() if month in places}
