"""Read many spans of some libraries at once, so that any two of them may be compared like those of a report (6.1 d).

A report reads everybody, one span after another; who looks at one library or at those of a level wants a few of them,
in a number of queries that grows neither with the libraries nor with the spans.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django.utils import timezone

from members.libraries.models import Spell
from members.periods.models import Period, months_of, period_days
from members.returns.due.expected import KnownSpells
from members.returns.models import Return, around
from reports.editions.figures.spans import Span, expect

# Who belongs to the group, by the last spell of a library in a month.
Belongs = Callable[[Spell], bool]


class KnownGroup:
    """Some libraries in a stretch of months: their spells, and what is accepted of them."""

    def __init__(self, months: list[str], keys: Collection[int], belongs: Belongs) -> None:
        years = {month[:4] for month in months}
        self.belongs, self.today = belongs, timezone.localdate()
        self.stored = {one.code: one for one in Period.objects.filter(code__in={*months, *years})}
        first_day, last_day = period_days(months[0])[0], period_days(months[-1])[1]
        self.spells = KnownSpells(first_day, last_day, keys)
        self.answers: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        accepted = Return.objects.accepted().filter(around(keys), period__in=self.stored.values())
        codes = {one.pk: code for code, one in self.stored.items()}
        for library, period, figures in accepted.values_list("library_id", "period_id", "figures"):
            self.answers[codes[period]][library] = figures

    def span(self, code: str, months: int | None = None) -> Span:
        """Return a month or a year of the group; months: how many of the year's first ones alone."""
        span = Span(code, months_of(code)[:months])
        for month in span.months:
            period = self._period(month)
            if period.last_day < self.today:
                self._stand(span, period)
                span.end = period.last_day
        if code not in span.months and span.months == months_of(code):
            self._take(span, code, {library for library in span.facts if span.stayed(library)})
        return span

    def _stand(self, span: Span, period: Period) -> None:
        expect(span, period, self.spells, self.belongs)
        self._take(span, period.code, {one for one, places in span.places.items() if period.code in places})

    def _take(self, span: Span, code: str, libraries: set[int]) -> None:
        for library, figures in self.answers[code].items():
            if library in libraries:
                span.answers[library][code] = figures

    def _period(self, month: str) -> Period:
        """Return a month, stored or not; a locked year locks its months."""
        first_day, last_day = period_days(month)
        period = self.stored.get(month) or Period(code=month, first_day=first_day, last_day=last_day)
        year = self.stored.get(month[:4])
        if year and year.is_locked and not period.is_locked:
            period.locked_at = year.locked_at
        return period
