"""Say facts and acts of the registry in the words of people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.states import Look
from members.coordinates.systems import BD09, GCJ02, TO_WGS84, WGS84, convert
from members.libraries.finding.kinds import kind_title
from members.libraries.models import BEGINNING, Division, Spell

DAYS = {"since": _("belongs since"), "until": _("no longer belongs from")}
# These stand elsewhere on the page of a library: in its head, its map and its line above.
SHOWN_APART = {"name", "parent", "status", "longitude", "latitude", "crs"}
# Who marks a library on a map enters its point as that map has it.
MAPS = {
    GCJ02: _("On Amap and Tencent maps (GCJ-02)"),
    BD09: _("On Baidu maps (BD-09)"),
    WGS84: _("On Tianditu (CGCS2000, WGS 84)"),
}
ACTS = {
    "opened": _("entered it in the registry"),
    "changed": _("changed facts"),
    "closed": _("let it leave the system"),
    "corrected": _("corrected its first day"),
}
CHOICES: dict[str, dict] = {
    "level": dict(Spell.Level.choices),
    "status": dict(Spell.Status.choices),
    "crs": dict(Spell.Crs.choices),
}
# The look in which a state is shown.
LOOKS = {
    Spell.Status.PREPARING: Look("neutral", "clock"),
    Spell.Status.TRIAL: Look("info", "play"),
    Spell.Status.OPEN: Look("success", "check"),
    Spell.Status.LIMITED: Look("warning", "filter"),
    Spell.Status.LENDING_SUSPENDED: Look("warning", "book"),
    Spell.Status.SUSPENDED: Look("danger", "stop"),
    Spell.Status.EMERGENCY_CLOSED: Look("danger", "warning"),
    Spell.Status.RETIRED: Look("neutral", "lock"),
}


def labels():
    """Return what people call each fact, and the days of a membership."""
    return {field: Spell._meta.get_field(field).verbose_name for field in Spell.FACTS} | DAYS


def division_names() -> dict[str, str]:
    """Return the names of all divisions by code; there are a few dozen."""
    return {division.code: division.title for division in Division.objects.all()}


def in_words(field, value, names):
    """Write a plain value of a fact as people say it; `names` are those of the divisions."""
    if value in (None, ""):
        return ""
    if field in CHOICES:
        return CHOICES[field].get(value, value)
    if field == "kind":
        return kind_title(str(value))
    if field in ("district", "town"):
        return names.get(value, value)
    if field == "since" and str(value) == str(BEGINNING):
        return _("as long as anybody looks back")
    return value.isoformat() if isinstance(value, date) else value


def changes_in_words(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> list[Any]:
    """Return (label, before, after) of each fact that two sets of plain values see differently."""
    called = labels()
    return [
        (called[field], in_words(field, before.get(field), names), in_words(field, after.get(field), names))
        for field in called
        if field in after and (not before or field in before) and plain(before.get(field)) != plain(after.get(field))
    ]


def facts_in_words(spell):
    """Return (label, value) of what is true of a library, for its page."""
    if spell is None:
        return []
    called = labels()
    fields = ("name", *(field for field in Spell.FACTS if field not in SHOWN_APART))
    facts = [(called[field], in_words(field, getattr(spell, field), {})) for field in fields]
    if spell.longitude is not None and spell.latitude is not None:
        point = f"{spell.longitude}, {spell.latitude}" + (f" ({spell.get_crs_display()})" if spell.crs else "")
        facts += [(_("Longitude and latitude"), point), *_on_maps(spell)]
    return facts


def _on_maps(spell):
    """Return where maps of other reference systems have the point, for whoever marks it there (6.2.1 e)."""
    if not spell.crs:
        return
    given = float(spell.longitude), float(spell.latitude)
    for system, maps in MAPS.items():
        if TO_WGS84[system] is not TO_WGS84[spell.crs]:
            longitude, latitude = convert(given, spell.crs, system)
            yield maps, f"{longitude:.6f}, {latitude:.6f}"


def plain(value):
    """Reduce a value to what it looks like in a stored record."""
    return "" if value is None else str(value)
