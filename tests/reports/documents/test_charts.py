"""Hold the charts: the same each time, readable without eyes, and honest about gaps."""

from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from reports.documents.charts import districts_chart, months_chart
from reports.documents.excerpts.charts import figure_of_place, ranking_chart
from reports.documents.excerpts.courses import months_of_place
from reports.documents.excerpts.peers import ranked
from reports.documents.excerpts.places import place_of
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


def test_the_months_of_a_place_are_drawn_hollow_where_somebody_is_missing_and_not_at_all_where_nobody_kept_them():
    facts = snapshot("annual", 30)
    reading = Reading(facts)
    district = next(place_of(reading, one.code) for one in reading.districts if reading.libraries_of(one))
    library = place_of(reading, reading.libraries_of(district.district)[0]["code"])
    assert [months_of_place(reading, place) for place in (district, library)] == [[], []]
    points = [
        {"period": month, "value": 5, "expected": 2, "reported": 2 - (at == 3)}
        for at, month in enumerate(facts["months"])
    ]
    answers = [*range(100, 109), "missing", "closed", None]
    facts["by_month"] = {"districts": {district.code: {"V01": points}}, "libraries": {library.code: {"L01": answers}}}
    drawn = [months_of_place(Reading(facts), place)[0].chart for place in (district, library)]
    assert [[row.cells[0].text for row in chart.table.rows] for chart in drawn] == [
        ["5", "5", "5", "5*", *["5"] * 8],
        [*map(str, range(100, 109)), "missing", "closed", "—"],
    ]
    assert [chart.description.count("*") for chart in drawn] == [1, 0]
    assert [chart.title.split(":")[0] for chart in drawn] == [district.name, library.name]
    # The point of the hollow month, and none in what is whole.
    assert [chart.svg.count("fill: #ffffff; stroke: #17527a") for chart in drawn] == [1, 0]


def test_a_ranking_draws_who_lacks_months_hollow_below_the_others():
    facts = snapshot("annual", 30)
    points = [one["code"] for one in facts["libraries_list"] if one["level"] == "point"]
    for at, code in enumerate(points):
        facts["libraries"][code]["V01"] = {"value": at + 1, "status": "reported", "note": ""}
    facts["libraries"][points[-1]]["V01"]["status"] = "partial"
    facts["libraries"][points[-2]]["V01"] = {"value": None, "status": "missing", "note": ""}
    reading, chosen = Reading(facts), ("V01", "point", "")
    [figure] = ranking_chart(reading, ranked(reading, *chosen), chosen)
    rows = [(row.before[0], row.cells[0].text) for row in figure.chart.table.rows]
    whole = len(points) - 2
    assert rows == [*((str(rank), str(whole + 1 - rank)) for rank in range(1, whole + 1)), ("—", f"{len(points)}*")]
    assert figure.chart.svg.count("fill: #ffffff; stroke: #17527a") == 1
    assert figure_of_place(reading, figure.slug).chart == figure.chart
    wrong = ("ranking-V99-point", "ranking-V01-moon", "ranking-V01", "ranking", "place-moon")
    assert [figure_of_place(reading, name) for name in wrong] == [None] * len(wrong)
