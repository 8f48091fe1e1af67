"""Add a report up by some hundred libraries at a time, so that their returns are never held all at once (6.1 d).

Totals and both sides of a change add up over libraries; what is kept of each library is what the report says of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from members.divisions.models import Division
from members.indicators.models import Indicator
from members.libraries.models import Spell, overlaps
from members.periods.models import month_before
from members.returns.due.days import is_past_due
from reports.documents.charts import DRAWN
from reports.editions.figures.comparison import Sides, sides_of
from reports.editions.figures.courses import answers_of
from reports.editions.figures.gaps import Gaps
from reports.editions.figures.groups import KnownGroup, Stretch
from reports.editions.figures.spans import Span, library_cell, total_of, year_before

# So many libraries are read at once: with sixty figures a month their two years take some 50 MB.
AT_ONCE = 500
# The totals of the report itself; those of others go by the name of what they are compared with, or by their month.
NOW = ""
SYSTEM = ""

# Of what, where, of which indicator.
Key = tuple[str, str, str]


class Adding:
    """What is known of a report so far.

    totals: of the report, of what it is compared with, and of each month. sides: of the changes of the same names.
    libraries: (their place in the office's order, what the report says of them). end, over: what of it is over.
    """

    def __init__(self, kind: str, code: str, months: list[str], indicators: list[Indicator]) -> None:
        earlier = [month_before(months[0], back) for back in range(12, 0, -1)] if kind == "annual" else []
        self.code, self.months, self.indicators, self.is_annual = code, months, indicators, kind == "annual"
        self.stretch = Stretch([*earlier, *months])
        self.drawn = [one for one in indicators if one.code in DRAWN]
        self.totals: dict[Key, dict[str, Any]] = {}
        self.sides: dict[Key, Sides] = {}
        self.districts: dict[str, Division] = {}
        self.libraries: list[tuple[Any, dict[str, Any]]] = []
        self.cells: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.gaps = Gaps({one.code for one in indicators if one.is_yearly}, self._past_due())
        self.span = Span(code, [])
        self.before: dict[str, list[str]] = {}
        for keys in self._keys():
            self._take(KnownGroup(self.stretch, keys))

    def _past_due(self) -> set[str]:
        return {month for month in self.months if is_past_due(self.stretch.period(month))}

    def _keys(self) -> Iterator[list[int]]:
        spells = Spell.objects.filter(overlaps(*self.stretch.days)).order_by("library_id")
        keys = list(spells.values_list("library_id", flat=True).distinct())
        # Once at least: a portal without libraries has totals of nobody.
        for first in range(0, max(len(keys), 1), AT_ONCE):
            yield keys[first : first + AT_ONCE]

    def _take(self, group: KnownGroup) -> None:
        span = group.span(self.code)
        spans = {month: span if month == self.code else group.span(month) for month in self.months}
        over = sum(month in span.over for month in span.months)
        before = {"last_year": group.span(year_before(self.code), over if self.is_annual and over else None)}
        if not self.is_annual:
            before["last_period"] = spans[month_before(self.code)]
        self.before = {name: base.months for name, base in before.items()}
        self._add_totals(NOW, span, self.indicators)
        for name, base in before.items():
            self._add_totals(name, base, self.indicators)
            self._add_sides(name, span, base, [None, *span.districts])
        self._add_months(spans)
        self._add_libraries(span, spans)
        # What of a span is no matter of its libraries is said of an empty one.
        self.span = Span(span.code, span.months, span.end)

    def _add_totals(self, name: str, span: Span, indicators: list[Indicator]) -> None:
        for place in (None, *span.districts):
            for one in indicators:
                self._add_total((name, place.code if place else SYSTEM, one.code), total_of(span, one, place))

    def _add_total(self, key: Key, total: dict[str, Any]) -> None:
        if key[0] != NOW:
            # Of what stands beside it, it is asked over how many it is, and not who is missing.
            total["missing"] = []
        known = self.totals.setdefault(key, total)
        if known is not total:
            _add(known, total)

    def _add_sides(self, name: str, now: Span, base: Span, places: list[Division | None]) -> None:
        for place in places:
            for one in self.indicators:
                if one.is_additive:
                    key = name, place.code if place else SYSTEM, one.code
                    self.sides[key] = self.sides.get(key, Sides()).plus(sides_of(now, base, one, place))

    def _add_months(self, spans: Mapping[str, Span]) -> None:
        earlier = None
        for month, span in spans.items():
            for one in self.indicators:
                self._add_total((month, SYSTEM, one.code), total_of(span, one))
            for place in span.districts:
                for one in self.drawn:
                    self._add_total((month, place.code, one.code), total_of(span, one, place))
            if earlier:
                self._add_sides(month, span, earlier, [None])
            earlier = span

    def _add_libraries(self, span: Span, spans: Mapping[str, Span]) -> None:
        notes = {(library, code): note for library, period, code, note in span.notes if period == span.code}
        self.districts |= {place.code: place for place in span.districts}
        for library, code in span.codes.items():
            spell = span.facts[library]
            self.libraries.append(((spell.district.sort, spell.level_rank, code), _said(spell)))
            self.cells[code] = {
                one.code: {**library_cell(span, library, one), "note": notes.get((library, one.code), "")}
                for one in self.indicators
            }
        self.answers |= answers_of(span, spans.values(), self.drawn, self.gaps.past_due)
        self.gaps.take(span)


def _add(known: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add the total of other libraries to a total; nobody's is no number."""
    if more["value"] is not None:
        known["value"] = (known["value"] or 0) + more["value"]
    known["complete"] = known["complete"] and more["complete"]
    for name in ("expected", "reported", "late"):
        known[name] += more[name]
    known["missing"] += more["missing"]


def _said(spell: Spell) -> dict[str, Any]:
    """Return what a report says of a library beside its figures."""
    return {
        "code": spell.library.code,
        "name": spell.name,
        "level": spell.level,
        "district": spell.district.code,
        "district_name": spell.district.name,
        "area": None if spell.area is None else str(spell.area),
    }
