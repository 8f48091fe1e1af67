"""Find the figures that came before: last month's, last year's, and those with which the period before closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from members.periods.models import month_before
from members.returns.models import Return, around

# Beyond this many libraries it is cheaper to read all of a period than to name them.
NAMED_LIBRARIES = 2000
# What a figure of a month is held against: the months before it, and the same month of as many years.
MONTHS_BEFORE, YEARS_BEFORE = 12, 3


@dataclass(frozen=True, slots=True)
class Past:
    """What a library reported before a period; None where nothing was.

    before: the month before (months only). year_ago: the same month of last year, or the year before. closing: the
    figures at whose end the period begins; crossed: they are those of a year before a January, or of a December
    before a year. recent: the months before that there are, newest first; same: the same month of earlier years.
    """

    before: dict | None = None
    year_ago: dict | None = None
    closing: dict | None = None
    crossed: bool = False
    recent: tuple[dict, ...] = ()
    same: tuple[dict, ...] = ()


NO_PAST = Past()


@dataclass
class History:
    """The figures handed in, by (library id, period code)."""

    figures: dict = field(default_factory=dict)

    def past(self, library, code):
        """Return the past of a library at the beginning of a period."""
        last, year_ago, other = predecessors(code)
        closing = self.figures.get((library, last))
        crossed = closing is None and (library, other) in self.figures
        recent, same = compared(code)
        return Past(
            before=None if len(code) == 4 else closing,
            year_ago=self.figures.get((library, year_ago)),
            closing=self.figures[library, other] if crossed else closing,
            crossed=crossed,
            recent=self._there(library, recent),
            same=self._there(library, same),
        )

    def _there(self, library: int, codes: tuple[str, ...]) -> tuple[dict, ...]:
        return tuple(each for code in codes if (each := self.figures.get((library, code))) is not None)


@cache
def predecessors(code: str) -> tuple[str, str, str | None]:
    """Return the codes before a period: the last one, that of a year ago, and one of the other kind that ends there."""
    if len(code) == 4:
        year = str(int(code) - 1)
        return year, year, f"{year}-12"
    last = month_before(code)
    return last, month_before(code, 12), last[:4] if code.endswith("-01") else None


@cache
def compared(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the months before a month, newest first, and the same month of earlier years; none of a year."""
    if len(code) == 4:
        return (), ()
    recent = tuple(month_before(code, back) for back in range(1, MONTHS_BEFORE + 1))
    return recent, tuple(month_before(code, 12 * years) for years in range(1, YEARS_BEFORE + 1))


def history_of(codes: Iterable[str], libraries: Any = None) -> History:
    """Read what was handed in before these periods, and in them, in one query."""
    wanted = {code for one in codes for code in (one, *predecessors(one), *chain(*compared(one))) if code}
    rows = Return.objects.received().filter(period__code__in=wanted).order_by()
    if libraries is not None and len(libraries) <= NAMED_LIBRARIES:
        rows = rows.filter(around(libraries))
    found = rows.values_list("library_id", "period__code", "figures")
    return History({(library, code): figures for library, code, figures in found.iterator(chunk_size=2000)})
