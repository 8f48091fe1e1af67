"""Hold the conversion between reference systems to known points, there and back (6.2.1 e)."""

import pytest

from members.coordinates.systems import BD09, CGCS2000, GCJ02, WGS84, convert, metres_between

pytestmark = pytest.mark.clause("6.2.1 e")

# One place in Foshan as each system has it, to six decimals (about a decimetre).
PLACE = {
    WGS84: (113.120000, 23.020000),
    CGCS2000: (113.120000, 23.020000),
    GCJ02: (113.125484, 23.017448),
    BD09: (113.131982, 23.023364),
}


@pytest.mark.parametrize("given", PLACE)
@pytest.mark.parametrize("wanted", PLACE)
def test_a_point_is_turned_into_every_system_to_the_last_digit(given, wanted):
    # From the exact point in WGS 84, since the others are rounded already.
    exact = convert(PLACE[WGS84], WGS84, given)
    assert tuple(round(degrees, 6) for degrees in exact) == PLACE[given]
    assert tuple(round(degrees, 6) for degrees in convert(exact, given, wanted)) == PLACE[wanted]


def test_the_way_back_leads_to_where_one_was_all_over_the_city():
    for east in range(11240, 11340, 20):
        for north in range(2270, 2360, 20):
            point = (east / 100, north / 100)
            for system in PLACE:
                assert metres_between(convert(convert(point, WGS84, system), system, WGS84), point) < 0.01


def test_the_shift_in_foshan_is_some_six_hundred_metres():
    assert 610 <= metres_between(PLACE[WGS84], PLACE[GCJ02]) <= 630
    # A degree along a meridian.
    assert metres_between((113.0, 22.0), (113.0, 23.0)) == pytest.approx(111_195, abs=1)
