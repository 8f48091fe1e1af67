"""Read at once what some rows of a file are compared with, in a number of queries that does not grow with them."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from fsul_portal.intake.plans import Line
from members.indicators.versions.reading import Dictionaries
from members.periods.actions import share
from members.periods.models import Period, period_days
from members.returns.checks import Case, Finding, Names, Peers, Rows, check, history_of
from members.returns.due.expected import OUTSIDE, Standing, standing, stays
from members.returns.models import Return, around
from members.returns.years.asked import stands_for_months, yearly_codes

# What so many rows are compared with is held at once, however long the file is.
ROWS_AT_ONCE = 1000
YEAR_CODE = len("2025")


def bundles(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Give lines that stand library by library in bundles of whole libraries."""
    bundle: list[Line] = []
    for __, some in groupby(lines, key=lambda line: line.code):
        bundle += some
        if len(bundle) >= ROWS_AT_ONCE:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


class Ground:
    """What is stored about some libraries in the periods of a file, and before; locked where it will be written.

    peers: what others reported, by period, where several grounds share it.
    """

    def __init__(self, libraries, periods, *, held=False, peers=None):
        self.peers: dict[str, Peers] = {} if peers is None else peers
        conflicting = {other for code in periods for other in excluded_by(code)}
        there = Return.objects.filter(around(libraries), period__code__in={*periods, *conflicting}).order_by()
        self.there = set(there.values_list("library_id", "period__code"))
        self.whole = self._whole_years(there)
        # Of a new month there is nothing to be read whole, and locked.
        known = {library for library, code in self.there if code in periods}.intersection(libraries)
        self.stored = stored(sorted(known), periods, held=held) if known else {}
        self.history = history_of(periods, libraries)
        first = min(period.first_day for period in periods.values())
        last = max(period.last_day for period in periods.values())
        self.stays = stays(first, last, libraries)

    def _whole_years(self, there: Any) -> set[tuple[int, str]]:
        """Return the returns of years that stand for their months."""
        years = {code for __, code in self.there if len(code) == YEAR_CODE}
        if not years:
            return set()
        yearly = yearly_codes()
        rows = there.filter(period__code__in=years).values_list("library_id", "period__code", "figures")
        return {(library, code) for library, code, figures in rows if stands_for_months(figures, yearly)}

    def has_months(self, library: int, year: Period) -> bool:
        """Say whether a library has returns of the months of a year."""
        return year.is_year and any((library, month) in self.there for month in excluded_by(year.code))

    def findings(
        self, library: int, period: Period, figures: dict[str, Any], rows: Rows, names: Names
    ) -> list[Finding]:
        """Return what the checks say of figures, against what is stored and what stands in the file."""
        past, stood = self.history.past(library, period.code), self._standing(library, period)
        case = Case(figures, period.days, stood, past, is_year=period.is_year, rows=rows, names=names)
        case.peers = self._peers_of(period)
        return check(case)

    def unasked(self, library: int, period: Period, dictionaries: Dictionaries) -> set[str]:
        """Return the codes of the indicators in use that are not asked of a library for a period."""
        indicators = dictionaries.limited_at(period)
        if not indicators:
            return set()
        level = self.level(library, period)
        day, is_year = period.last_day, period.is_year
        return {one.code for one in indicators if not one.is_asked(day, level, is_year=is_year)}

    def level(self, library: int, period: Period) -> str:
        return self._standing(library, period).level

    def _peers_of(self, period: Period) -> Peers:
        if period.code not in self.peers:
            self.peers[period.code] = Peers(period)
        return self.peers[period.code]

    def _standing(self, library: int, period: Period) -> Standing:
        found = self.stays.get(library)
        return standing(found, period) if found else OUTSIDE


def periods_named(codes: set[str], held: bool) -> dict[str, Period]:
    """Return the periods of a file by code, also new ones; those which exist are held where they will be written."""
    found = share(codes) if held else Period.objects.filter(code__in=codes)
    known = {period.code: period for period in found}
    for code in codes - known.keys():
        first_day, last_day = period_days(code)
        known[code] = Period(code=code, first_day=first_day, last_day=last_day)
    return known


def stored(libraries, codes, *, held=False):
    """Return the returns of these libraries and periods by (library's key, period's code)."""
    returns = Return.objects.filter(period__code__in=codes, library__in=libraries).named()
    # The order keeps two imports of the same returns from waiting for one another.
    returns = returns.order_by("library_id", "period__code")
    if held:
        returns = returns.select_for_update(of=("self",))
    return {(one.library_id, one.period.code): one for one in returns}


@cache
def excluded_by(code: str) -> list[str]:
    """Return the codes beside which none of this period may stand: the year of a month, the months of a year."""
    return [code[:4]] if len(code) == 7 else [f"{code}-{month:02}" for month in range(1, 13)]
