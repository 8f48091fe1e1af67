"""Hold the charts: the same each time, readable without eyes, and honest about gaps."""

from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from reports.documents.charts import districts_chart, months_chart
from reports.documents.reading import Reading
from tests.reports.documents.fakes import snapshot

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize("draw", [months_chart, districts_chart])
@pytest.mark.parametrize("kind", ["annual", "monthly"])
def test_a_chart_is_announced_and_the_same_each_time(draw, kind):
    reading = Reading(snapshot(kind, 30))
    chart = draw(reading)
    root = ElementTree.fromstring(chart.svg)
    assert (draw(reading), draw(reading).svg) == (chart, chart.svg)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title description")
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.description


def test_a_district_that_is_not_whole_is_drawn_hollow_and_marked():
    facts = snapshot("annual", 30)
    cells = facts["districts"]
    for place in cells.values():
        place["V01"]["complete"] = place["L01"]["complete"] = True
    whole = districts_chart(Reading(facts)).svg
    first = next(iter(cells))
    cells[first]["V01"]["complete"] = False
    chart = districts_chart(Reading(facts))
    assert chart.svg.count("fill: #ffffff; stroke: #17527a") == whole.count("fill: #ffffff; stroke: #17527a") + 1
    assert chart.description.count("*") == 1
    assert [row.cells[0].text[-1] == "*" for row in chart.table.rows].count(True) == 1


def test_words_stay_text_in_a_font_that_has_them():
    root = ElementTree.fromstring(districts_chart(Reading(snapshot("annual", 30))).svg)
    words = {text.text: text.get("style") for text in root.iter(f"{SVG}text")}
    assert "Nanhai" in words
    assert all("'Noto Sans CJK SC'" in style for style in words.values())


def test_a_month_without_a_figure_is_a_gap():
    facts = snapshot("annual", 30)
    whole = months_chart(Reading(facts)).svg
    facts["system"]["V01"]["series"][5]["value"] = None
    chart = months_chart(Reading(facts))
    assert "June 2025 missing" in chart.description
    assert chart.svg.count("M ") > whole.count("M ")
