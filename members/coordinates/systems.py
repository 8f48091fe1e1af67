"""Turn a point of one reference system into that of another: WGS 84, CGCS2000, GCJ-02 and BD-09.

The maps that the public sees in China are shifted: GCJ-02 from WGS 84 by some hundred metres, BD-09 from GCJ-02 once
more. The formulas are published by nobody; those in general use are taken here, on the ellipsoid of Krasovsky.
CGCS2000 and WGS 84 differ by centimetres and are one here. Points are (longitude, latitude) in degrees.
"""

import math
from collections.abc import Callable

Point = tuple[float, float]
WGS84, CGCS2000, GCJ02, BD09 = "WGS84", "CGCS2000", "GCJ02", "BD09"
SEMI_MAJOR_AXIS, ECCENTRICITY_SQUARED = 6_378_245.0, 0.006_693_421_622_965_943
ORIGIN = (105.0, 35.0)
EARTH_RADIUS = 6_371_008.8
# The shifts change slowly: each turn of the way back comes a thousand times nearer.
TURNS = 6


def convert(point: Point, given: str, wanted: str) -> Point:
    """Return a point of one system as another one has it; raise KeyError for a system that is not known."""
    return FROM_WGS84[wanted](TO_WGS84[given](point))


def metres_between(one: Point, other: Point) -> float:
    """Return the distance of two points of the same system in metres, along a sphere."""
    (east, north), (east_too, north_too) = (tuple(map(math.radians, point)) for point in (one, other))
    sines = math.sin((north_too - north) / 2) ** 2
    sines += math.cos(north) * math.cos(north_too) * math.sin((east_too - east) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(sines))


def _same(point: Point) -> Point:
    return point


def _shifted(point: Point) -> Point:
    """Shift WGS 84 to GCJ-02."""
    longitude, latitude = point
    x, y = longitude - ORIGIN[0], latitude - ORIGIN[1]
    north, east = _north(x, y), _east(x, y)
    along = math.radians(latitude)
    bend = 1 - ECCENTRICITY_SQUARED * math.sin(along) ** 2
    meridian = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / (bend * math.sqrt(bend))
    parallel = SEMI_MAJOR_AXIS / math.sqrt(bend) * math.cos(along)
    return longitude + math.degrees(east / parallel), latitude + math.degrees(north / meridian)


def _north(x: float, y: float) -> float:
    """Return the shift to the north in metres."""
    plane = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return plane + _waves((20, 6 * x), (20, 2 * x), (20, y), (40, y / 3), (160, y / 12), (320, y / 30))


def _east(x: float, y: float) -> float:
    """Return the shift to the east in metres."""
    plane = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return plane + _waves((20, 6 * x), (20, 2 * x), (20, x), (40, x / 3), (150, x / 12), (300, x / 30))


def _waves(*waves: Point) -> float:
    """Add up waves, each of a height in metres and at its place in half turns."""
    return sum(height * math.sin(where * math.pi) for height, where in waves) * 2 / 3


def _turned(point: Point) -> Point:
    """Turn GCJ-02 into BD-09."""
    longitude, latitude = point
    turn = math.pi * 3000 / 180
    far = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * turn)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * turn)
    return far * math.cos(angle) + 0.0065, far * math.sin(angle) + 0.006


def _back(step: Callable[[Point], Point]) -> Callable[[Point], Point]:
    """Return the way back of a step, found by taking it again and again."""

    def back(point: Point) -> Point:
        found = point
        for __ in range(TURNS):
            there = step(found)
            found = found[0] - there[0] + point[0], found[1] - there[1] + point[1]
        return found

    return back


_unshifted, _unturned = _back(_shifted), _back(_turned)
TO_WGS84: dict[str, Callable[[Point], Point]] = {
    WGS84: _same,
    CGCS2000: _same,
    GCJ02: _unshifted,
    BD09: lambda point: _unshifted(_unturned(point)),
}
FROM_WGS84: dict[str, Callable[[Point], Point]] = {
    WGS84: _same,
    CGCS2000: _same,
    GCJ02: _shifted,
    BD09: lambda point: _turned(_shifted(point)),
}
