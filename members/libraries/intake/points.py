"""Read the coordinates of a row: the right way round, as exactly as they are kept (6.2.1 e)."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from members.coordinates.doubts import Where, doubts_about, is_turned
from members.coordinates.systems import CGCS2000, WGS84
from members.libraries.models import Spell

STEP = Decimal("0.000001")
POINT = ("longitude", "latitude")
TURNED = {"longitude": "latitude", "latitude": "longitude"}


def the_right_way_round(given):
    """Return the coordinates to be kept, and whether they had been given the other way round."""
    turned = is_turned(given)
    if turned:
        given = {"longitude": given["latitude"], "latitude": given["longitude"]}
    kept = {field: value if value is None else value.quantize(STEP, ROUND_HALF_UP) for field, value in given.items()}
    return kept, turned


def same_system(crs):
    """Return one name for the systems that are one, and for what is not said."""
    return WGS84 if crs in ("", CGCS2000) else crs


def points_taken():
    """Return the code of a library at each point of today's registry, in the system in which it is kept."""
    known = Spell.objects.as_of().exclude(longitude=None).exclude(latitude=None).order_by()
    return {
        (longitude, latitude, same_system(crs)): code
        for longitude, latitude, crs, code in known.values_list(*POINT, "crs", "library__code").iterator()
    }


def questions_about(given, turned, crs="", before=None):
    """Give (field, sentence) for what looks wrong with coordinates as they were given."""
    if turned:
        yield (
            "longitude",
            _("Longitude and latitude stood in each other's column; they were taken the other way round."),
        )
    longitude, latitude = (given.get(TURNED[field] if turned else field) for field in TURNED)
    for field, sentence in doubts_about(Where(longitude, latitude, crs), before=before, is_told=turned):
        # Told at the cell in which the value stands.
        yield (TURNED.get(field, field) if turned else field), sentence
