"""Hold that a chart is true to its figures: its scale, its gaps, its sentence, and that it works without colour."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from fsul_portal.pages.charts import BOTTOM, HEIGHT, TOP, Chart, Point, in_short

POINTS = [Point("May", 10), Point("June", None), Point("July", 40, "9 of 10", whole=False)]


def test_the_scale_ends_at_a_round_number_that_no_figure_passes():
    tops = {0: 4, 3: 4, 4: 4, 5: 8, 39: 40, 40: 40, 41: 80, 81: 200, 999: 2000, 85_270: 200_000, 0.3: Decimal("0.4")}
    assert {value: Chart([Point("x", value)]).top_value for value in tops} == tops


def test_a_column_is_as_high_as_its_figure_is_of_the_scale_and_none_is_no_column():
    may, june, july = Chart(POINTS).columns
    drawn = HEIGHT - TOP - BOTTOM
    assert [float(may.height), float(july.height)] == [drawn / 4, drawn]
    assert (float(july.top), float(june.height)) == (TOP, 0)
    assert [line.label for line in Chart(POINTS).lines] == ["0", "10", "20", "30", "40"]


def test_a_chart_without_any_figure_says_so_and_has_a_scale():
    chart = Chart([Point("May", None)])
    with translation.override("en"):
        assert (chart.summary, len(chart.lines), chart.has_hollow) == ("No figures yet.", 5, False)
    assert Chart([]).columns == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ["0", "9,999", "1.2万", "30万", "1.5亿"]), ("en", ["0", "10K", "12K", "300K", "150M"])],
)
def test_a_scale_is_written_short_in_either_language(language, words):
    with translation.override(language):
        shown = [in_short(Decimal(value)) for value in (0, 9999, 12_000, 300_000, 150_000_000)]
    assert [*shown[:1], *shown[2:]] == [*words[:1], *words[2:]]


def test_the_picture_has_a_sentence_for_who_does_not_see_it_and_a_table_for_who_counts():
    with translation.override("en"):
        drawn = Template('{% load face %}{% chart "c" "Visits" points "visits" %}').render(Context({"points": POINTS}))
    assert "Highest: July, 40. Lowest: May, 10. 1 is incomplete. 1 has no figure." in drawn
    assert (drawn.count("<rect"), drawn.count('hollow"'), drawn.count("<tr>")) == (2, 1, 4)
    assert 'role="img" aria-labelledby="c-title c-summary"' in drawn
    assert "style=" not in drawn
