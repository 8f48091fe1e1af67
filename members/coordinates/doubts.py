"""Ask about coordinates with the eyes of somebody who knows where Foshan lies; every door asks the same (6.2.1 e)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from members.coordinates.systems import TO_WGS84, WGS84, convert, metres_between

# Foshan lies within these, whichever reference system is meant: they differ by some hundred metres.
ENVELOPE = {"longitude": (Decimal("112.38"), Decimal("113.39")), "latitude": (Decimal("22.64"), Decimal("23.58"))}
# The fifth decimal place is about a metre.
PLACES_EXPECTED = 5
# What was read once more, in the right system, comes out this near; what has moved so far was read in another one.
SAME_WITHIN, SHIFTED_FROM = 60, 300

Doubt = tuple[str, str]  # field, sentence


@dataclass(frozen=True)
class Where:
    """A point as it was given; `crs` is empty where nobody said in which system."""

    longitude: Decimal | None
    latitude: Decimal | None
    crs: str = ""

    @property
    def is_whole(self) -> bool:
        return self.longitude is not None and self.latitude is not None

    def degrees(self) -> tuple[float, float]:
        assert self.longitude is not None
        assert self.latitude is not None
        return float(self.longitude), float(self.latitude)

    def in_wgs84(self) -> tuple[float, float]:
        return convert(self.degrees(), self.crs or WGS84, WGS84)


def is_turned(given: Mapping[str, Decimal | None]) -> bool:
    """Say whether the two stand in each other's place: within Foshan they cannot be mistaken for one another."""
    longitude, latitude = given.get("longitude"), given.get("latitude")
    return is_within("latitude", longitude) and is_within("longitude", latitude)


def is_within(field: str, value: Decimal | None) -> bool:
    low, high = ENVELOPE[field]
    return value is not None and low <= value <= high


def doubts_about(where: Where, *, before: Where | None = None, is_told: bool = False) -> Iterator[Doubt]:
    """Give what looks wrong with a point.

    before: where the library was said to be at the same address. is_told: that the point lies outside the city was said
    already, such as that both stand in each other's place.
    """
    for field, value in (("longitude", where.longitude), ("latitude", where.latitude)):
        if value is not None:
            yield from _of_one(field, value, is_told)
    if not where.is_whole:
        return
    if not where.crs:
        yield "crs", _("Say in which reference system the coordinates are: maps differ by some 600 metres.")
    if before and before.is_whole and (system := likely_system(where, before)):
        yield (
            "crs",
            _("This is where the library was before if it is read as %(system)s: is the reference system right?")
            % {"system": system},
        )


def _of_one(field: str, value: Decimal, is_told: bool) -> Iterator[Doubt]:
    if not is_told and not is_within(field, value):
        low, high = ENVELOPE[field]
        words = {"value": value, "low": low, "high": high}
        yield field, _("%(value)s lies outside Foshan (%(low)s to %(high)s).") % words
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent > -PLACES_EXPECTED:
        yield field, _("%(value)s has fewer than five decimal places: too coarse for the map.") % {"value": value}


def likely_system(where: Where, before: Where) -> str:
    """Return the system in which a point is where the library was, if it is not that in which it was given."""
    known = before.in_wgs84()
    if metres_between(where.in_wgs84(), known) < SHIFTED_FROM:
        return ""
    others = [system for system in TO_WGS84 if system != (where.crs or WGS84)]
    near = [one for one in others if metres_between(convert(where.degrees(), one, WGS84), known) < SAME_WITHIN]
    return near[0] if near else ""
