"""Show what the explorer shows to whom, with the coverage of each total (6.2.1 j)."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.libraries.models import Library
from members.months.actions import lock
from reports.editions.actions import build_edition
from reports.editions.models import Edition
from tests.members.returns.figures import SOUND
from tests.reports.explorer.conftest import cells_of

pytestmark = pytest.mark.clause("6.2.1 j")
JANUARY, FEBRUARY = "2026-01", "2026-02"


def test_a_total_says_of_how_many_libraries_it_is_and_leads_to_their_returns(accepted, added_up, look):
    accepted("NH003", L04=100)
    added_up()
    page = look("office", figure="L04", first=JANUARY, last=FEBRUARY)
    found = cells_of(page)
    expected = page.context["series"][0].cells[1].note.split()[2]
    assert found[JANUARY] == (None, "", False)
    assert found[FEBRUARY] == (100, f"1 of {expected} libraries · not locked yet", False)
    assert f"{reverse('returns:return-list')}?tab=all&amp;period={FEBRUARY}" in page.content.decode()
    assert '<rect class="column hollow"' in page.content.decode()


def test_what_is_complete_and_locked_is_whole(accepted, added_up, look, person):
    for library in Library.objects.as_of():
        if library.facts.district.code == "440605":
            accepted(library.code, L04=10)
    lock(FEBRUARY, by=person("office"), acknowledged=99)
    added_up()
    value, __, whole = cells_of(look("office", figure="L04", district="440605"))[FEBRUARY]
    assert (value > 0, whole) == (True, True)
    assert cells_of(look("office", figure="L04", district=""))[FEBRUARY][2] is False


def test_a_district_sees_its_own_returns_and_what_is_published_of_the_others(accepted, added_up, look, person):
    accepted("NH003", L04=100)
    added_up()
    assert cells_of(look("nanhai", figure="L04"))[FEBRUARY][0] == 100
    assert cells_of(look("nanhai-reviewer", figure="L04", district=""))[FEBRUARY][0] is None
    lock(FEBRUARY, by=person("office"), acknowledged=99)
    edition = build_edition("monthly", FEBRUARY, by=person("office"))
    assert cells_of(look("observer", figure="L04"))[FEBRUARY] == (None, "", True)
    Edition.objects.filter(pk=edition.pk).update(state="in_force", published_at=edition.frozen_at)
    for who in ("nanhai-reviewer", "observer"):
        page = look(who, figure="L04", district="")
        value, note, whole = cells_of(page)[FEBRUARY]
        assert (value, note.startswith("1 of"), whole) == (100, True, False)
        assert reverse("reports:edition-detail", args=[edition.pk]) in page.content.decode()
    assert cells_of(look("observer", figure="L04", district="440605"))[FEBRUARY][0] == 100


@pytest.mark.parametrize(
    ("who", "asked", "sentence"),
    [
        ("observer", {"library": "NH003"}, "Only who may read the returns of this library"),
        ("observer", {"level": "branch", "district": ""}, "By level and kind only those look"),
        ("branch", {"level": "branch", "district": "440605"}, "By level and kind only those look"),
        ("nanhai-reviewer", {"library": "NH003", "peers": "system"}, "The mean of its peers"),
    ],
)
def test_who_may_not_look_reads_why_and_gets_no_file(look, client, who, asked, sentence, cast):
    page = look(who, **asked)
    assert (page.status_code, "series" in page.context) == (200, False)
    assert str(page.context["denied"].sentence).startswith(sentence)
    assert client.get(reverse("reports:explorer-file", args=["csv"]), asked).status_code == 403


def test_a_library_stands_beside_the_mean_of_its_peers_by_a_rule_in_words(accepted, added_up, look, settings):
    accepted("NH003", L04=100)
    added_up()
    settings.COMPARABLE_FROM = 0
    page = look("nanhai-reviewer", figure="L04", library="nh003", peers="district")
    cell = page.context["series"][0].cells[-1]
    assert (cell.value, cell.peers, cell.url) == (100, 100, reverse("returns:return-detail", args=[_pk()]))
    assert "the same level (branch) and kind" in page.context["rule"]
    settings.COMPARABLE_FROM = 1.1
    page = look("nanhai-reviewer", figure="L04", library="NH003", peers="district")
    assert page.context["series"][0].cells[-1].peers is None


def _pk():
    return Library.objects.get(code="NH003").returns.get().pk


def test_no_number_of_a_library_says_which_kind_it_is(accepted, submitted, look):
    accepted("NH003", E01="closed", E02="closed", C01="na")
    page = look("nanhai-reviewer", figure="E01", second="C01", third="L04", library="NH003")
    notes = [cells_of(page, number)[FEBRUARY][:2] for number in range(3)]
    assert notes == [(None, "closed"), (None, "does not apply"), (SOUND["L04"], "")]
    submitted("NH002")
    assert cells_of(look("nanhai-reviewer", figure="L04", library="NH002"))[FEBRUARY][1] == "under review"
    assert cells_of(look("nanhai-reviewer", figure="L04", library="NH004"))[FEBRUARY][1] == "missing"


def test_a_formula_has_a_value_where_nobody_lacks_its_figures(accepted, added_up, look):
    accepted("NH003", L01=100, L04=50)
    added_up()
    value, note, __ = cells_of(look("office", figure="K08", district="440605"))[FEBRUARY]
    assert (value, note) == (None, "not every library has all its figures")
    assert cells_of(look("nanhai-reviewer", figure="K08", library="NH003"))[FEBRUARY][0] == 150


def test_figures_a_head_are_not_offered_by_the_month(look, cast):
    offered = [code for __, group in look("office").context["form"].fields["figure"].choices for code, __ in group]
    assert {"K04", "K05", "K08"} <= set(offered)
    assert {"K01", "K02", "K07"}.isdisjoint(offered)


@pytest.mark.parametrize("asked", [{"figure": "X99"}, {"first": "2026-02", "last": "2026-01"}, {"library": "XX"}])
def test_what_there_is_not_is_said_at_its_field(look, client, asked, cast, accepted):
    accepted("NH003", JANUARY)
    page = look("office", **asked)
    assert (page.status_code, page.context["form"].is_valid()) == (200, False)
    assert client.get(reverse("reports:explorer-file", args=["xlsx"]), asked).status_code == 404


def test_what_is_shown_is_taken_along(accepted, added_up, signed_in):
    accepted("NH003", L04=100)
    added_up()
    asked = {"figure": "L04", "second": "V01", "district": "440605"}
    client = signed_in("office")
    book = client.get(reverse("reports:explorer-file", args=["xlsx"]), asked)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    february = next(row for row in rows if row[0] == FEBRUARY)
    assert (rows[0][2], february[2], february[5]) == ("Items returned (returns)", 100, SOUND["V01"])
    lines = client.get(reverse("reports:explorer-file", args=["csv"]), asked).content.decode("utf-8-sig").splitlines()
    assert next(line for line in lines if line.startswith(FEBRUARY)).startswith(f"{FEBRUARY},February 2026,100,")
    assert client.get(reverse("reports:explorer-file", args=["exe"]), asked).status_code == 404


def test_a_page_costs_as_much_for_many_months_as_for_one(accepted, added_up, signed_in):
    accepted("NH003", JANUARY)
    accepted("NH002", JANUARY)
    added_up()
    client, costs = signed_in("office"), []
    for first in (FEBRUARY, JANUARY):
        asked = {"figure": "L04", "second": "V01", "first": first, "last": FEBRUARY}
        client.get(reverse("reports:explorer"), asked)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("reports:explorer"), asked)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 20


def test_a_picture_says_its_figures_and_tells_hollow_columns_without_a_colour(accepted, added_up, signed_in):
    accepted("NH003", L04=1234)
    added_up()
    asked, client = {"figure": "L04", "district": "440605"}, signed_in("office")
    svg = client.get(reverse("reports:explorer-file", args=["svg"]), asked)
    drawn = svg.content.decode()
    assert svg["Content-Type"] == "image/svg+xml"
    assert "February 2026 1,234" in drawn
    assert "stroke-dasharray" in drawn
    png = client.get(reverse("reports:explorer-file", args=["png"]), asked)
    assert (png["Content-Type"], png.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert png["Content-Disposition"].startswith('attachment; filename="Items-returned')
