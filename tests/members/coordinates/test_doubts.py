"""Hold what is asked about coordinates, whoever brings them (6.2.1 e)."""

from decimal import Decimal

import pytest

from members.coordinates.doubts import Where, doubts_about, is_turned
from members.coordinates.systems import BD09, GCJ02, WGS84, convert
from members.libraries.words import facts_in_words

pytestmark = pytest.mark.clause("6.2.1 e")


def where(longitude, latitude, crs="WGS84"):
    return Where(Decimal(longitude), Decimal(latitude), crs)


def shifted(system):
    longitude, latitude = convert((113.12, 23.02), WGS84, system)
    return Where(Decimal(f"{longitude:.6f}"), Decimal(f"{latitude:.6f}"), "WGS84")


@pytest.mark.parametrize(
    ("point", "fields"),
    [
        (where("113.123456", "23.023456"), []),
        (where("113.123456", "23.023456", ""), ["crs"]),
        (where("113.12", "23.023456"), ["longitude"]),
        (where("116.397128", "39.916527"), ["longitude", "latitude"]),
        (Where(Decimal("113.12"), None), ["longitude"]),
        (Where(None, None), []),
    ],
)
def test_what_looks_wrong_is_asked_at_its_field(point, fields):
    assert [field for field, __ in doubts_about(point)] == fields


@pytest.mark.parametrize(("system", "name"), [(GCJ02, "GCJ02"), (BD09, "BD09")])
def test_the_same_place_read_in_another_system_is_recognised(system, name):
    [(field, sentence)] = doubts_about(shifted(system), before=where("113.120000", "23.020000"))
    assert (field, name in sentence) == ("crs", True)


@pytest.mark.parametrize(
    "point",
    [where("113.120100", "23.020000"), where("113.126000", "23.020000"), where("113.150000", "23.020000")],
    ids=["ten metres", "600 metres another way", "three kilometres"],
)
def test_a_library_that_has_moved_is_not_taken_for_a_wrong_system(point):
    assert not list(doubts_about(point, before=where("113.120000", "23.020000")))


def test_both_in_each_others_place_are_recognised():
    assert is_turned({"longitude": Decimal("23.02"), "latitude": Decimal("113.12")})
    assert not is_turned({"longitude": Decimal("23.02"), "latitude": None})


def test_the_page_of_a_library_says_where_other_maps_have_it(library):
    spell, elsewhere = library("NH003").facts, {"113.125484, 23.017448", "113.131982, 23.023364"}
    spell.longitude, spell.latitude, spell.crs = Decimal("113.120000"), Decimal("23.020000"), "CGCS2000"
    assert elsewhere <= {str(value) for __, value in facts_in_words(spell)}
    # Without its system nobody knows where it is.
    spell.crs = ""
    assert not elsewhere & {str(value) for __, value in facts_in_words(spell)}
