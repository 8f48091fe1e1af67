"""Hold that an edition of any earlier shape is printed for ever; the stored snapshots are never made anew."""

import io
import json
from pathlib import Path

import pytest

from reports.documents import render_json, render_pdf, render_xlsx
from reports.documents.versions import ADDED, VERSION, earlier, upgraded

HERE = Path(__file__).parent

pytestmark = pytest.mark.clause("6.1 d", "6.2.1 j")


@pytest.fixture(params=sorted(path.name for path in HERE.glob("version-*.json")))
def stored(request):
    return json.loads((HERE / request.param).read_text("utf-8"))


@pytest.mark.parametrize("render", [render_json, render_xlsx, render_pdf])
def test_an_edition_of_any_shape_can_still_be_made(stored, render):
    out = io.BytesIO()
    render(stored, out)
    assert out.getvalue()[:4] in (b'{\n "', b"PK\x03\x04", b"%PDF")


def test_every_shape_but_the_first_says_what_it_added():
    assert set(ADDED) == set(range(2, VERSION + 1))


def test_today_s_data_is_what_it_was_in_every_earlier_shape(stored):
    """So figures that were frozen before the shape changed are found again, and not called revised."""
    assert stored in list(earlier(upgraded(stored)))


def test_the_frozen_data_itself_stays_as_it_is(stored):
    before = json.dumps(stored, sort_keys=True)
    assert upgraded(stored)["network"]["transferred"] == []
    assert json.dumps(stored, sort_keys=True) == before
