"""Look at coordinates with the eyes of somebody who knows where Foshan lies."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

# Foshan lies within these, whichever reference system is meant: they differ by some hundred metres.
LONGITUDES = (Decimal("112.38"), Decimal("113.39"))
LATITUDES = (Decimal("22.64"), Decimal("23.58"))
ENVELOPE = {"longitude": LONGITUDES, "latitude": LATITUDES}
# The fifth decimal place is about a metre.
PLACES_EXPECTED = 5
STEP = Decimal("0.000001")


def the_right_way_round(given):
    """Return the coordinates to be kept, and whether they had been given the other way round.

    Within Foshan the two cannot be mistaken for one another, and no latitude is as great as Foshan's longitude.
    """
    longitude, latitude = given.get("longitude"), given.get("latitude")
    turned = (
        longitude is not None
        and latitude is not None
        and _within(longitude, LATITUDES)
        and _within(latitude, LONGITUDES)
    )
    if turned:
        given = {"longitude": latitude, "latitude": longitude}
    kept = {field: value if value is None else value.quantize(STEP, ROUND_HALF_UP) for field, value in given.items()}
    return kept, turned


def questions_about(given, turned):
    """Give (field, sentence) for what looks wrong with coordinates as they were given."""
    if turned:
        yield (
            "longitude",
            _("Longitude and latitude stood in each other's column; they were taken the other way round."),
        )
    for field, value in given.items():
        if value is None:
            continue
        if not turned and not _within(value, ENVELOPE[field]):
            low, high = ENVELOPE[field]
            words = {"value": value, "low": low, "high": high}
            yield field, _("%(value)s lies outside Foshan (%(low)s to %(high)s).") % words
        if value.as_tuple().exponent > -PLACES_EXPECTED:
            yield field, _("%(value)s has fewer than five decimal places: too coarse for the map.") % {"value": value}


def _within(value, bounds):
    return bounds[0] <= value <= bounds[1]
