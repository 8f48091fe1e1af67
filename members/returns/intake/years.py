"""Say of the rows of a file whether a year and its months exclude each other (6.2.1 j)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.intake.plans import Line
from fsul_portal.templatetags.figures import period as period_in_words
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period
from members.returns.intake.ground import YEAR_CODE, Ground, excluded_by
from members.returns.models import NOT_APPLICABLE, Return
from members.returns.rules import conflict_sentence

NOTHING_SAID = (None, "", NOT_APPLICABLE)


class Years:
    """The rows of a file that speak of years; places: [(code, where its figure stands in a row), …].

    A year that says something of what is counted by the month stands for its months: they have no rows of their own.
    """

    def __init__(self, dictionaries: Dictionaries, places: Iterable[tuple[str, int]]) -> None:
        self.dictionaries = dictionaries
        yearly = {one.code for one in dictionaries.now if one.is_yearly}
        self.monthly = [(code, place) for code, place in places if code not in yearly]
        self.whole: set[int] = set()

    def see(self, line: Line) -> None:
        """Remember whether a row stands for months."""
        code = line.values.get("period") or ""
        if len(code) == YEAR_CODE and any(line.values.cells[place] not in NOTHING_SAID for __, place in self.monthly):
            self.whole.add(line.number)

    def leave_out(self, line: Line, known: Return | None) -> None:
        """Take “—” for an empty cell where a library reports by the month: its workbook of the year says so."""
        cells, stored = list(line.values.cells), known.figures if known else {}
        for code, place in self.monthly:
            if code not in stored and cells[place] == NOT_APPLICABLE:
                cells[place] = None
        line.values.cells = tuple(cells)

    def objection(
        self, line: Line, library: int, period: Period, ground: Ground, taken: Mapping[tuple[str, str], int]
    ) -> str:
        """Say why this library may have no row for this period beside what is stored or stands in the file."""
        if period.is_year and line.number not in self.whole and self._is_asked(library, period, ground):
            return ""
        for other in excluded_by(period.code):
            row = taken.get((line.code, other))
            if row and row < line.number and (period.is_year or row in self.whole):
                return _("A year and its months exclude each other: see row %(row)s.") % {"row": row}
            if (library, other) in (ground.there if period.is_year else ground.whole):
                return conflict_sentence(period, period_in_words(other))
        return ""

    def _is_asked(self, library: int, year: Period, ground: Ground) -> bool:
        """Say whether a library is asked for something of the year itself."""
        level: Any = ground.level(library, year)
        yearly = [one for one in self.dictionaries.at(year) if one.is_yearly]
        return any(one.is_asked(year.last_day, level, is_year=True) for one in yearly)
