"""Look at what single kinds of filing ask for (6.2.1 e)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from workgroups.coordination.filings.checks.findings import Finding

# A rough box around Foshan: what lies outside is asked about, never refused.
EAST, NORTH = (Decimal("112.38"), Decimal("113.39")), (Decimal("22.64"), Decimal("23.58"))


def of_place(filing, before):
    """Check a new place: coordinates in pairs and with their system, inside the city, and really new."""
    wanted = filing.requested
    longitude, latitude = wanted["longitude"], wanted["latitude"]
    if bool(longitude) != bool(latitude):
        missing = "latitude" if longitude else "longitude"
        return [Finding(missing, _("Give both coordinates, or neither."))]
    if longitude and not wanted["crs"]:
        return [Finding("crs", _("Say which reference system the coordinates are given in."))]
    if not longitude:
        return [Finding("longitude", _("Without coordinates the library has no place on the map."), blocks=False)]
    return _of_coordinates(Decimal(longitude), Decimal(latitude)) + _of_old_coordinates(wanted, before)


def _of_coordinates(longitude, latitude):
    if _inside(longitude, EAST) and _inside(latitude, NORTH):
        return []
    if _inside(latitude, EAST) and _inside(longitude, NORTH):
        sentence = _("Longitude and latitude seem to have changed places.")
    else:
        sentence = _("These coordinates lie outside Foshan.")
    return [Finding("longitude", sentence, blocks=False)]


def _of_old_coordinates(wanted, before):
    same = all(wanted[field] == before.get(field) for field in ("longitude", "latitude"))
    if not same or wanted["address"] == before.get("address"):
        return []
    return [Finding("longitude", _("The address is new, but the coordinates are still the old ones."), blocks=False)]


def _inside(value, bounds):
    return bounds[0] <= value <= bounds[1]
