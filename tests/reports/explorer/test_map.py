"""Libraries are points on a map where their coordinates are known, for those who read their returns (6.2.1 j)."""

import re

import pytest

from members.coordinates.systems import GCJ02, WGS84, convert
from members.libraries.models import Spell

pytestmark = pytest.mark.clause("6.2.1 j")
ASKED = {"figure": "L04", "first": "2026-02", "last": "2026-02", "map": "on"}


@pytest.fixture
def placed(cast):
    """Give three libraries of Nanhai their places: one in the west, one in the east, one between, further north."""
    for code, longitude, latitude in (
        ("NH001", "113.00000", "23.00000"),
        ("NH002", "113.20000", "23.00000"),
        ("NH003", "113.10000", "23.05000"),
    ):
        Spell.objects.filter(library__code=code).update(longitude=longitude, latitude=latitude)
    Spell.objects.exclude(library__code__in=["NH001", "NH002", "NH003"]).update(longitude=None, latitude=None)


def circles(page):
    found = re.findall(r'<circle class="point( hollow)?" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"><title>(\S+)', page)
    return {name: (bool(hollow), float(x), float(y), float(r)) for hollow, x, y, r, name in found}


def test_libraries_lie_as_they_do_on_earth_and_the_largest_figure_is_the_largest(placed, accepted, added_up, look):
    accepted("NH001", L04=400)
    accepted("NH002", L04=100)
    added_up()
    page = look("office", **ASKED)
    drawn = page.context["map"]
    west, east, north = (next(one for one in drawn.points if one.code == code) for code in ("NH001", "NH002", "NH003"))
    assert float(west.x) < float(north.x) < float(east.x)
    assert float(north.y) < float(west.y) == float(east.y)
    assert (float(west.radius), float(east.radius), float(north.radius)) == (18.0, 10.5, 3.0)
    assert [one.value for one in drawn.points] == [400, 100, None]
    assert (drawn.unplaced, drawn.libraries) == (drawn.libraries - 3, drawn.libraries)
    text = page.content.decode()
    assert [hollow for hollow, *__ in circles(text).values()] == [False, False, True]
    assert "?tab=all&amp;period=2026-02&amp;q=NH001" in text


def test_who_reads_no_returns_sees_no_single_library_on_a_map(placed, accepted, added_up, look):
    accepted("NH001", L04=400)
    added_up()
    assert look("observer", **ASKED).context["map"] is None
    assert look("nanhai", district="440605", **ASKED).context["map"].libraries == 4
    assert look("nanhai", district="440604", **ASKED).context["map"] is None


def test_without_coordinates_there_is_no_map_and_nobody_asked_for_one_gets_none(cast, added_up, look):
    Spell.objects.update(longitude=None, latitude=None)
    added_up()
    assert look("office", **ASKED).context["map"] is None
    assert look("office", figure="L04").context["map"] is None


def test_points_of_other_reference_systems_lie_where_they_are(placed, accepted, added_up, look):
    """NH001 in the west again, as a map in GCJ-02 has it: on paper it stays where it was."""
    accepted("NH001", L04=400)
    added_up()
    [before] = (one for one in look("office", **ASKED).context["map"].points if one.code == "NH001")
    east, north = convert((113.0, 23.0), WGS84, GCJ02)
    Spell.objects.filter(library__code="NH001").update(longitude=f"{east:.6f}", latitude=f"{north:.6f}", crs=GCJ02)
    [after] = (one for one in look("office", **ASKED).context["map"].points if one.code == "NH001")
    assert (after.x, after.y) == (before.x, before.y)
