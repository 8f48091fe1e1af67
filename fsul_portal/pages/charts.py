"""Draw the columns of a small chart: where each stands and how high, so that a template writes plain SVG of it.

Our own drawing, not matplotlib's: its SVG brings inline styles, which the policy of the pages forbids, weighs ten times
as much and knows neither the reader's colours nor his dark screen. The documents keep it (docs/decisions/0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from django.utils.translation import gettext, ngettext

from fsul_portal.templatetags.figures import HUNDREDTH, chinese, written

# In units of the drawing, which is scaled to the width that the page has.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 460, 200, 52, 12, 38
STEPS = (1, 2, 5, 10)
GRID_LINES = 4
FILLED = Decimal("0.62")


@dataclass(frozen=True)
class Point:
    """One figure of a chart. value None: there is none. whole: it is final and nobody is missing; else it is hollow.

    label: in full, for the table. tick: in short, under its column; under: a second line there, such as the year.
    """

    label: str
    value: int | float | Decimal | None
    note: str = ""
    whole: bool = True
    url: str = ""
    tick: str = ""
    under: str = ""


@dataclass(frozen=True)
class Column:
    """A point with its place in the drawing, in numbers as SVG writes them in every language."""

    point: Point
    middle: str
    left: str
    width: str
    top: str
    height: str


@dataclass(frozen=True)
class Line:
    """A line of the grid, with what it stands for."""

    y: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A drawing of columns over labels; `columns` and `lines` are in units of WIDTH × HEIGHT."""

    points: Sequence[Point]

    @property
    def top_value(self) -> Decimal:
        """Return the end of the scale: the first round number that no figure passes."""
        highest = max(
            (Decimal(str(point.value)) for point in self.points if point.value is not None), default=Decimal(0)
        )
        if highest <= 0:
            return Decimal(GRID_LINES)
        unit = Decimal(10) ** floor(log10(highest / GRID_LINES))
        return next(unit * step * GRID_LINES for step in STEPS if unit * step * GRID_LINES >= highest)

    @property
    def lines(self) -> list[Line]:
        shares = [Decimal(number) / GRID_LINES for number in range(GRID_LINES + 1)]
        return [Line(in_svg(self._y(self.top_value * share)), in_short(self.top_value * share)) for share in shares]

    @property
    def has_hollow(self) -> bool:
        return any(point.value is not None and not point.whole for point in self.points)

    @property
    def columns(self) -> list[Column]:
        place = Decimal(WIDTH - LEFT) / max(len(self.points), 1)
        return [self._column(number, point, place) for number, point in enumerate(self.points)]

    @property
    def summary(self) -> str:
        """Say in one sentence what the eye sees first."""
        known = [point for point in self.points if point.value is not None]
        if not known:
            return gettext("No figures yet.")
        highest, lowest = max(known, key=_value), min(known, key=_value)
        return gettext("Highest: %(highest)s, %(most)s. Lowest: %(lowest)s, %(least)s. %(gaps)s") % {
            "highest": highest.label,
            "most": written(_value(highest)),
            "lowest": lowest.label,
            "least": written(_value(lowest)),
            "gaps": _gaps(self.points),
        }

    def _y(self, value: Decimal) -> Decimal:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top_value

    def _column(self, number: int, point: Point, place: Decimal) -> Column:
        left, width = LEFT + place * number + place * (1 - FILLED) / 2, place * FILLED
        top = self._y(Decimal(str(point.value or 0)))
        return Column(point, *map(in_svg, (left + width / 2, left, width, top, HEIGHT - BOTTOM - top)))


def in_svg(number: Decimal) -> str:
    return f"{number:.1f}"


def in_short(value: Decimal) -> str:
    """Write a number for a scale: 12.5万, 125K; small ones in full."""
    for size, name in ((10**8, "亿"), (10**4, "万")) if chinese() else ((10**6, "M"), (10**3, "K")):
        if abs(value) >= size:
            return f"{(value / size).quantize(HUNDREDTH):f}".rstrip("0").rstrip(".") + name
    return written(value)


def _value(point: Point) -> Decimal:
    return Decimal(str(point.value))


def _gaps(points: Sequence[Point]) -> str:
    missing = sum(point.value is None for point in points)
    hollow = sum(point.value is not None and not point.whole for point in points)
    sentences = []
    if hollow:
        sentences.append(ngettext("%(n)s is incomplete.", "%(n)s are incomplete.", hollow) % {"n": hollow})
    if missing:
        sentences.append(ngettext("%(n)s has no figure.", "%(n)s have no figure.", missing) % {"n": missing})
    return " ".join(sentences)
