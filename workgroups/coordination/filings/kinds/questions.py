"""Look at what single kinds of filing ask for (6.2.1 e)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from members.coordinates.doubts import Where, doubts_about, is_turned
from workgroups.coordination.filings.checks.findings import Finding


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
    return _of_coordinates(wanted, before) + _of_old_coordinates(wanted, before)


def _of_coordinates(wanted, before):
    given = {field: Decimal(wanted[field]) for field in ("longitude", "latitude")}
    if is_turned(given):
        return [Finding("longitude", _("Longitude and latitude seem to have changed places."), blocks=False)]
    where = Where(given["longitude"], given["latitude"], wanted["crs"])
    there = _where_before(before) if wanted["address"] == before.get("address") else None
    return [Finding(field, sentence, blocks=False) for field, sentence in doubts_about(where, before=there)]


def _where_before(before):
    longitude, latitude = (Decimal(before[field]) if before.get(field) else None for field in ("longitude", "latitude"))
    return Where(longitude, latitude, before.get("crs") or "")


def _of_old_coordinates(wanted, before):
    same = all(wanted[field] == before.get(field) for field in ("longitude", "latitude"))
    if not same or wanted["address"] == before.get("address"):
        return []
    return [Finding("longitude", _("The address is new, but the coordinates are still the old ones."), blocks=False)]
