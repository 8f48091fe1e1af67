"""Years stand beside one another like months: sums and stocks, with how much of them there is (6.2.1 j)."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils.timezone import now

from members.indicators.formulas.actions import load_first_formulas
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.months.actions import lock
from members.periods.actions import ensure
from members.periods.models import Period, months_of
from members.returns.models import Return
from members.returns.rollup.actions import mend
from reports.documents.figures import TOO_FEW
from reports.editions.models import Edition
from reports.explorer.choices import Choice
from reports.explorer.series import Cell, Series
from reports.explorer.years.folding import folded
from tests.members.returns.figures import SOUND
from tests.reports.documents.fakes import snapshot
from tests.reports.explorer.conftest import cells_of

pytestmark = pytest.mark.clause("6.2.1 j")
YEARS = {"first": "2025-05", "last": "2026-02", "step": "year"}


@pytest.fixture
def two_months(accepted, added_up):
    accepted("NH003", "2026-01", L04=30)
    accepted("NH003", "2026-02", L04=12, R04=SOUND["R04"] + SOUND["R01"] - SOUND["R03"])
    added_up()


def test_a_flow_is_the_sum_of_its_months_and_says_how_many_there_are(two_months, look):
    found = cells_of(look("office", figure="L04", **YEARS))
    assert list(found) == ["2025", "2026"]
    value, note, whole = found["2026"]
    assert (value, whole) == (42, False)
    assert note.startswith("2 of 2 months · 2 of ")
    assert note.endswith(" monthly returns")
    assert found["2025"][0] is None


def test_a_stock_is_that_of_the_last_month_and_says_which(two_months, look):
    value, note, __ = cells_of(look("office", figure="R04", **YEARS))["2026"]
    assert (value, note.startswith("at the end of February 2026 · 1 of ")) == (818, True)


def test_what_does_not_add_up_over_months_has_no_year(two_months, look):
    Indicator.objects.filter(code="L04").update(over_time="none")
    assert cells_of(look("office", figure="L04", **YEARS))["2026"][:2] == (None, "months do not add up")


def test_a_year_leads_to_its_months_which_add_up_to_it(two_months, look, signed_in):
    page = look("office", figure="L04", district="440605", **YEARS)
    cell = page.context["series"][0].cells[-1]
    months = signed_in("office").get(cell.url)
    assert [one for one, __ in months.context["rows"]] == ["2026-02", "2026-01"]
    assert sum(found[0] for found in cells_of(months).values()) == cell.value
    assert cell.url.replace("&", "&amp;") in page.content.decode()


def test_months_of_a_year_that_runs_are_no_whole_year_whoever_has_reported(two_months, look, person):
    for month in ("2026-01", "2026-02"):
        lock(month, by=person("office"), acknowledged=99)
    found = cells_of(look("office", figure="L04", library="NH003", **YEARS))["2026"]
    assert found == (42, "2 of 2 months · 2 of 2 monthly returns", False)


def test_one_library_has_years_too_and_no_peers_beside_them(two_months, look):
    page = look("office", figure="L04", library="NH003", peers="system", **YEARS)
    value, note, __ = cells_of(page)["2026"]
    assert (value, note, page.context["choice"].peers) == (42, "2 of 2 months · 2 of 2 monthly returns", "")


def test_a_formula_is_reckoned_from_the_sums_of_the_year_where_nobody_lacks_any(two_months, look):
    load_first_formulas()
    found = cells_of(look("office", figure="K08", library="NH003", **YEARS))
    assert found["2026"][0] == 2 * SOUND["L01"] + 42
    assert found["2025"][:2] == (None, "")
    assert cells_of(look("office", figure="K08", **YEARS))["2026"][:2] == (
        None,
        "not every library has all its figures",
    )


def test_the_files_hold_the_years_of_the_page(two_months, signed_in):
    client = signed_in("office")
    address = reverse("reports:explorer-file", args=["csv"])
    rows = list(csv.reader(io.StringIO(client.get(address, {"figure": "L04", **YEARS}).content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["2025", "2026"]
    assert rows[2][2] == "42"
    for form in ("xlsx", "svg", "png"):
        assert client.get(reverse("reports:explorer-file", args=[form]), {"figure": "L04", **YEARS}).status_code == 200


@pytest.fixture
def funding(cast):
    """Leave what two libraries said of 2025, of what is counted once a year."""
    Indicator.objects.filter(code="X01").update(in_use=True, asked_from=None, asked_until=None, asked_of=[])
    ensure(["2025"])
    year = Period.objects.get(code="2025")
    for code, amount in (("NH001", 300), ("NH003", 12)):
        library = Library.objects.get(code=code)
        Return.objects.create(library=library, period=year, state="accepted", figures={"X01": amount})
    mend(year)


def test_what_is_counted_once_a_year_is_chosen_by_the_year_alone(funding, look):
    found = cells_of(look("office", figure="X01", second="L04", **YEARS))
    assert found["2025"] == (312, "reported by 2 · not locked yet", False)
    assert found["2026"][0] is None
    assert cells_of(look("office", figure="X01", library="NH003", **YEARS))["2025"][0] == 12
    page = look("office", figure="X01", first="2025-05", last="2026-02")
    assert "series" not in page.context
    assert "looked at by the year" in page.content.decode()


def test_a_year_says_how_it_moved_as_its_published_report_has_it(two_months, look, signed_in):
    frozen = snapshot("annual", 30)
    cells = frozen["system"]
    moves = {"last_year": {"libraries": 299, "of": 349, "value": 110, "base": 100, "rate": 0.1}}
    cells["L04"] = cells["V01"] | {"change": moves}
    cells["R04"] = cells["V01"] | {"change": {"last_year": moves["last_year"] | {"reason": TOO_FEW, "rate": None}}}
    edition = Edition.objects.create(
        kind="annual", period="2026", number=1, snapshot=frozen, digest="0" * 64, state="in_force", published_at=now()
    )
    page = look("observer", figure="L04", second="R04", **YEARS)
    flow, stock = (one.cells[-1] for one in page.context["series"])
    assert flow.change == "on the year before: 10.00%, over the same 299 libraries"
    assert stock.change == "on the year before: not comparable"
    assert reverse("reports:edition-read", args=[edition.pk]) in page.content.decode()
    assert [one.cells[0].change for one in page.context["series"]] == ["", ""]
    # Of one library no report says how it moved: its own returns do.
    alone = look("office", figure="L04", library="NH003", **YEARS)
    assert alone.context["series"][0].cells[-1].change == "on the year before: nothing to compare with"


@pytest.mark.parametrize(("lacking", "whole"), [(None, True), ("2025-07", False)])
def test_a_year_is_whole_with_twelve_whole_months(cast, lacking, whole):
    indicator = Indicator.objects.get(code="V01")
    months = months_of("2025")
    cells = [Cell(one, 10, whole=one != lacking, reported=4, expected=4, is_full=True) for one in months]
    [series] = folded(Choice([indicator], months, by_year=True), [Series(indicator, cells)])
    [year] = series.cells
    assert (year.month, year.value, year.whole) == ("2025", 120, whole)
    assert year.note == "12 of 12 months · 48 of 48 monthly returns"
