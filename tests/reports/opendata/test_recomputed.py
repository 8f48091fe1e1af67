"""Reckon a published annual report anew as outsiders do: through the open data and nothing else (6.1 d, 6.2.1 j)."""

import csv
import io
from collections import defaultdict

import pytest
from django.test import Client
from django.utils import timezone

from members.periods.models import months_of
from reports.opendata import actions
from tests.reports.editions.test_totals import year

__all__ = ["year"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.1 d", "6.2.1 j")]


class Outsider:
    """A program that knows the address of the open data, and holds a token."""

    def __init__(self, secret):
        self.client, self.headers = Client(), {"authorization": f"Bearer {secret}"}

    def _got(self, address):
        response = self.client.get(address, headers=self.headers)
        assert response.status_code == 200, response.content
        return response

    def rows(self, address):
        """Read all pages, each from the address that the one before has given."""
        found = []
        while address:
            page = self._got(address.removeprefix("http://127.0.0.1:8000")).json()
            found, address = found + page["rows"], page["next"]
        return found

    def lines(self, address):
        text = self._got(address).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def newest(self, kind, period):
        (one,) = self.rows(f"/api/editions?kind={kind}&period={period}&newest=true")
        return f"/api/editions/{one['kind']}/{one['period']}/{one['edition']}"

    def one(self, address):
        return self._got(address).json()


@pytest.fixture
def outsider(year, published, person, settings):
    """Publish the year and its months, and give somebody a token."""
    # Six of ten libraries report; what can be compared is not the matter here.
    settings.COMPARABLE_FROM = 0.1
    for month in months_of("2025"):
        published("monthly", month)
    published("annual", "2025")
    until = timezone.localdate() + timezone.timedelta(days=9)
    return Outsider(actions.issue(by=person("office"), holder="研究者", purpose="复算年报", expires_on=until).secret)


def added_up(outsider, report, definitions):
    """Return {place: {indicator: sum}} of an annual report out of the figures of libraries, "" being the system.

    A library that changed its district counts month by month where it stood; of a stock, where it stands at the end.
    """
    sums = defaultdict(lambda: defaultdict(list))
    districts = {row["code"]: row["district"] for row in outsider.rows(f"{report}/libraries?page_size=3")}
    facts = outsider.one(report)
    for row in outsider.rows(f"{report}/figures?scope=library&page_size=50"):
        said = definitions[row["indicator"]]
        if not said["additive"] or row["value"] is None:
            continue
        sums[""][row["indicator"]].append(row["value"])
        if said["stock"] or row["place"] not in facts["transferred"]:
            sums[districts[row["place"]]][row["indicator"]].append(row["value"])
    for month in facts["months"] if facts["transferred"] else ():
        monthly = outsider.newest("monthly", month)
        districts = {row["code"]: row["district"] for row in outsider.rows(f"{monthly}/libraries")}
        for row in outsider.rows(f"{monthly}/figures?scope=library"):
            said = definitions[row["indicator"]]
            if row["place"] in facts["transferred"] and not said["stock"] and row["value"] is not None:
                sums[districts[row["place"]]][row["indicator"]].append(row["value"])
    return {place: {code: sum(values) for code, values in found.items()} for place, found in sums.items()}


def test_an_outsider_reckons_every_total_of_the_annual_report(outsider):
    report = outsider.newest("annual", "2025")
    definitions = {row["code"]: row for row in outsider.rows(f"{report}/definitions")}
    assert {row["over_libraries"] for row in definitions.values() if row["additive"]} == {"sum"}
    sums, compared = added_up(outsider, report, definitions), 0
    for scope in ("system", "district"):
        for row in outsider.rows(f"{report}/figures?scope={scope}&page_size=20"):
            own = sums.get(row["place"], {}).get(row["indicator"])
            assert (scope, row["place"], row["indicator"], own) == (scope, row["place"], row["indicator"], row["value"])
            compared += own is not None
    assert compared >= 4 * 3
    assert outsider.one(report)["transferred"] == ["NH004"]


def test_an_outsider_finds_who_is_missing_in_a_total(outsider):
    report = outsider.newest("annual", "2025")
    lacking = defaultdict(list)
    for row in outsider.rows(f"{report}/figures?scope=library"):
        if row["status"] in ("missing", "partial"):
            lacking[row["indicator"]].append(row["place"])
    for row in outsider.rows(f"{report}/figures?scope=system"):
        assert (row["indicator"], row["missing"]) == (row["indicator"], sorted(lacking[row["indicator"]]))
        assert row["complete"] == (not row["missing"])
        assert row["expected"] - row["reported"] == len(row["missing"])


def test_an_outsider_reckons_the_rates_from_both_sides(outsider):
    monthly = outsider.newest("monthly", "2025-11")
    rates = [
        change
        for row in outsider.rows(f"{monthly}/figures?scope=system")
        if (change := row["change"]["last_period"]) and change["rate"] is not None
    ]
    assert rates != []
    for change in rates:
        assert change["rate"] == round((change["value"] - change["base"]) / change["base"], 6)


def test_the_csv_holds_the_same_figures_as_the_json(outsider):
    figures = f"{outsider.newest('annual', '2025')}/figures?page_size=2000"
    told = [(row["scope"], row["place"], row["indicator"], row["value"]) for row in outsider.rows(figures)]
    lines = outsider.lines(f"{figures}&format=csv")
    assert [
        (line["scope"], line["place"], line["indicator"], int(line["value"]) if line["value"] else None)
        for line in lines
    ] == told
