"""Lay the returns of one district and period out as one sheet: libraries down, indicators across (6.2.1 j)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fsul_portal.users import User
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries, digest_of
from members.libraries.models import Library, Spell
from members.periods.models import Period
from members.periods.rules import is_open
from members.returns.checks import Checks, Finding, names_of
from members.returns.due.expected import last_spells, standing
from members.returns.entry.boxes import Box
from members.returns.intake.columns import shown_figure
from members.returns.intake.ground import Ground, excluded_by
from members.returns.models import Return, libraries_read_by


@dataclass(frozen=True, slots=True)
class Square:
    """One figure of the sheet: as its box shows it, as a number or a mark; `is_asked` of this library at all."""

    indicator: Indicator
    value: int | str | None
    is_asked: bool

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int)

    @property
    def shown(self) -> Any:
        return "" if self.value is None else shown_figure(self.value)


@dataclass(frozen=True, slots=True)
class Point:
    """What stands against one figure of a row, with its explanation; `is_first`: the one beside which it is given."""

    indicator: Indicator
    sentence: str
    blocks: bool
    note: str = ""
    is_first: bool = True


@dataclass
class SheetRow:
    """One library of the sheet, its return, and what stands against handing it in.

    one: the return, not saved where nobody has begun. is_open: the reader may write it now.
    """

    library: Library
    spell: Spell
    one: Return
    squares: list[Square]
    points: list[Point]
    is_open: bool

    @property
    def filled(self) -> int:
        return sum(square.value is not None for square in self.squares if square.is_asked)

    @property
    def asked(self) -> int:
        return sum(square.is_asked for square in self.squares)

    @property
    def invalid(self) -> str:
        return invalid(self.library.code, self.points)

    @property
    def in_the_way(self) -> list[Point]:
        return [point for point in self.points if point.blocks or not point.note]

    @property
    def is_complete(self) -> bool:
        return self.is_open and bool(self.one.pk) and self.filled == self.asked and not self.in_the_way

    @property
    def hindrance(self) -> str:
        """Say why a row that may be written is not handed in with the others."""
        if self.in_the_way:
            point = self.in_the_way[0]
            return f"{point.indicator.code} {point.sentence}"
        return _("%(filled)s of %(asked)s filled in") % {"filled": self.filled, "asked": self.asked}


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column over the libraries that have a number; None where the figures do not add up."""

    indicator: Indicator
    value: int | None
    counted: int


class Sheet:
    """The sheet of a district and a period as one person sees it, read in a number of queries that does not grow."""

    def __init__(self, user: User, period: Period, district: Division | None) -> None:
        self.user, self.period, self.district = user, period, district

    @cached_property
    def spells(self) -> list[Spell]:
        spells = last_spells(self.period).filter(district=self.district)
        seen = libraries_read_by(self.user)
        found = spells if seen is None else spells.filter(library__in=seen)
        return list(found.select_related("library", "district", "town", "parent").in_office_order())

    def ready(self) -> list[SheetRow]:
        """Return the rows that can be handed in as they stand."""
        return [row for row in self.rows if row.is_complete]

    def waiting(self) -> list[SheetRow]:
        """Return the rows that the reader may write and cannot hand in yet."""
        return [row for row in self.rows if row.is_open and not row.is_complete]

    @cached_property
    def ground(self) -> Ground:
        return Ground([spell.library_id for spell in self.spells], {self.period.code: self.period})

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Return what is asked of somebody here, or said by somebody."""
        said = {code for one in self.ground.stored.values() for code in (*one.figures, *one.notes)}
        day, is_year = self.period.last_day, self.period.is_year
        every = Dictionaries().at(self.period)
        return [one for one in every if one.code in said or one.is_asked(day, level=None, is_year=is_year)]

    @cached_property
    def rows(self) -> list[SheetRow]:
        hands = Library.objects.in_hands_of(self.user, "members.report_returns")
        mine = set(hands.values_list("pk", flat=True)) if is_open(self.period) else set()
        known, names = Checks(digest=digest_of(self.indicators)).at(self.period.code), names_of(self.indicators)
        return [self._row(spell, mine, known, names) for spell in self.spells]

    @property
    def totals(self) -> list[Total]:
        return totals_of(self.indicators, [one.figures for one in self.ground.stored.values()])

    @property
    def is_written(self) -> bool:
        return any(row.is_open for row in self.rows)

    def _row(self, spell: Spell, mine: Collection[int], known: Any, names: Any) -> SheetRow:
        library = spell.library
        library.facts_found = [spell]  # type: ignore[attr-defined]  # what prefetching leaves there
        one = self.ground.stored.get((library.pk, self.period.code)) or Return(library=library)
        one.library, one.period = library, self.period
        findings = self.ground.findings(library.pk, self.period, one.figures, known, names) if one.figures else []
        level = standing(self.ground.stays.get(library.pk, []), self.period).level
        squares = [self._square(each, one, level) for each in self.indicators]
        return SheetRow(
            library, spell, one, squares, points_of(self.indicators, findings, one.notes), self._is_open(one, mine)
        )

    def _square(self, indicator: Indicator, one: Return, level: str) -> Square:
        value, day = one.figures.get(indicator.code), self.period.last_day
        is_asked = indicator.is_asked(day, level, is_year=self.period.is_year)
        if not indicator.is_yearly and self.ground.has_months(one.library_id, self.period):
            is_asked = False
        return Square(indicator, value, value is not None or is_asked)

    def _is_open(self, one: Return, mine: Collection[int]) -> bool:
        """Say what `may_write` says, out of what has been read for all rows at once."""
        key = one.library_id
        if key not in mine or not one.can_become(Return.State.SUBMITTED):
            return False
        if any((key, code) in self.ground.whole for code in excluded_by(self.period.code)):
            return False
        if self.ground.has_months(key, self.period) and not self._asks_of_the_year(key):
            return False
        return bool(one.pk) or standing(self.ground.stays.get(key, []), self.period).belongs

    def _asks_of_the_year(self, library: int) -> bool:
        """Say whether a library that reports by the month has something to say of the year as well."""
        level, day = self.ground.level(library, self.period), self.period.last_day
        return any(one.is_yearly and one.is_asked(day, level, is_year=True) for one in self.indicators)


def districts_seen(user: User, period: Period) -> list[Division]:
    """Return the districts in which the user reads returns of a period, in the office's order."""
    spells, seen = last_spells(period), libraries_read_by(user)
    found = spells if seen is None else spells.filter(library__in=seen)
    return list(Division.objects.filter(pk__in=found.order_by().values("district")).order_by("sort"))


def totals_now(user: User, period: Period, district: Division | None) -> list[Total]:
    """Return the totals of a sheet of which nothing else is read, after a row has been saved."""
    libraries = [spell.library_id for spell in Sheet(user, period, district).spells]
    returns = Return.objects.filter(period__code=period.code, library__in=libraries).order_by()
    return totals_of(Indicator.objects.in_use(), list(returns.values_list("figures", flat=True)))


def totals_of(indicators: Iterable[Indicator], figures: Collection[dict[str, Any]]) -> list[Total]:
    """Add each column up over those that have a number."""
    return [_total_of(indicator, figures) for indicator in indicators]


def _total_of(indicator: Indicator, figures: Iterable[dict[str, Any]]) -> Total:
    numbers = [each[indicator.code] for each in figures if isinstance(each.get(indicator.code), int)]
    return Total(indicator, sum(numbers) if indicator.is_additive else None, len(numbers))


def points_of(indicators: Iterable[Indicator], findings: Iterable[Finding], notes: dict[str, str]) -> list[Point]:
    """Return what the checks say of a row, what blocks first."""
    by_code = {one.code: one for one in indicators}
    found = [(by_code[each.code], str(each.sentence), each.blocks) for each in findings if each.code in by_code]
    return _points(found, notes)


def points_typed(boxes: Iterable[Box], notes: dict[str, str]) -> list[Point]:
    """Return the same of what is typed into the boxes of one row, with what cannot be read."""
    found = []
    for box in boxes:
        found += [(box.line.indicator, each, True) for each in box.wrong]
        found += [(box.line.indicator, each, False) for each in box.asked]
    return _points(found, notes)


def _points(found: list[tuple[Indicator, str, bool]], notes: dict[str, str]) -> list[Point]:
    points, explained = [], set()
    for indicator, sentence, blocks in sorted(found, key=lambda each: not each[2]):
        note = "" if blocks else notes.get(indicator.code, "")
        points.append(Point(indicator, sentence, blocks, note, is_first=indicator.code not in explained))
        explained |= set() if blocks else {indicator.code}
    return points


def invalid(code: str, points: Iterable[Point]) -> str:
    """Return the boxes of a row that cannot be right, as the script is told."""
    return " ".join(f"{code}-{point.indicator.code}" for point in points if point.blocks)
