"""Draw the libraries of one month as points where their coordinates are known, with nothing from outside (6.2.1 j).

Points alone: no borders are drawn, since a map with borders is one that has to be examined.
"""

from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.urls import reverse

from fsul_portal.templatetags.figures import period as in_words
from members.coordinates.doubts import Where
from members.indicators.models import Indicator
from members.returns.due.expected import last_spells
from members.returns.models import Return
from reports.explorer.choices import Choice

WIDTH, HEIGHT, EDGE = 640, 420, 24
SMALLEST, LARGEST = 3.0, 18.0
# More would hide one another, and the page would be long to load: the largest figures are drawn.
DRAWN, LISTED = 250, 20


@dataclass(frozen=True)
class Point:
    """A library on the map; hollow where it has no figure."""

    name: str
    code: str
    value: int | None
    url: str
    x: str
    y: str
    radius: str


@dataclass(frozen=True)
class Map:
    """The libraries of one month; listed: those with the largest figures. unplaced: how many have no coordinates."""

    title: str
    month: str
    points: list[Point]
    listed: list[Point]
    libraries: int
    unplaced: int

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"


def map_of(choice: Choice) -> Map | None:
    """Return the map of the last month of the first figure that is reported; None where there is none to draw."""
    figure = next((one for one in choice.figures if isinstance(one, Indicator)), None)
    period = next((one for one in choice.periods if one.code == choice.months[-1]), None)
    if choice.library or figure is None or period is None:
        return None
    spells = last_spells(period)
    if choice.district:
        spells = spells.filter(district=choice.district)
    narrowed = {name: value for name in ("level", "kind") if (value := getattr(choice, name))}
    rows = spells.filter(**narrowed).values_list("library_id", "library__code", "name", "longitude", "latitude", "crs")
    returns = Return.objects.accepted().filter(period=period)
    given = dict(returns.values_list("library_id", KeyTransform(figure.code, "figures")))
    found = [(*row, _number(given.get(row[0]))) for row in rows]
    placed = sorted((row for row in found if None not in row[3:5]), key=_largest_first)[:DRAWN]
    if not placed:
        return None
    points = _points(placed, f"{reverse('returns:return-list')}?tab=all&period={period.code}&q=")
    unplaced = sum(None in row[3:5] for row in found)
    return Map(figure.title, in_words(period.code), points, points[:LISTED], len(found), unplaced)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _largest_first(row: tuple[Any, ...]) -> tuple[bool, int, str]:
    return row[-1] is None, -(row[-1] or 0), row[1]


def _points(rows: list[tuple[Any, ...]], address: str) -> list[Point]:
    """Lay the libraries into the box, a degree of longitude as much shorter as it is at their latitude."""
    places = [Where(*row[3:6]).in_wgs84() for row in rows]
    shrunk = cos(radians(sum(latitude for __, latitude in places) / len(places)))
    xs, ys = [longitude * shrunk for longitude, __ in places], [-latitude for __, latitude in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    spans = [(WIDTH, wide), (HEIGHT, high)]
    scale = min(((side - 2 * EDGE) / span for side, span in spans if span), default=1.0)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    highest = max((row[-1] or 0 for row in rows), default=0)
    found = []
    for (__, code, name, *___, value), x, y in zip(rows, xs, ys, strict=True):
        place = (f"{left + (x - min(xs)) * scale:.1f}", f"{top + (y - min(ys)) * scale:.1f}")
        found.append(Point(name, code, value, f"{address}{code}", *place, _radius(value, highest)))
    return found


def _radius(value: int | None, highest: int) -> str:
    """Let the area of a point say how much it is."""
    share = sqrt(max(value or 0, 0) / highest) if highest else 0
    return f"{SMALLEST + (LARGEST - SMALLEST) * share:.1f}"
