"""A report is read on the page with the figures of its documents, and every library leads to its returns."""

import pytest
from django.urls import reverse

from reports.documents.chapters import chapters
from reports.documents.excerpts.peers import ranked
from reports.documents.excerpts.places import ReadingOfPlace
from reports.documents.reading import Reading
from reports.editions import actions
from reports.editions.web.forms import RankingForm

MARCH = "2025-03"
pytestmark = pytest.mark.clause("6.1 d")


@pytest.fixture
def edition(reported, period):
    for code, visits in (("NH001", 2500), ("NH002", 90), ("NH003", 120), ("NH004", 120)):
        reported(code, MARCH, V01=visits, L01=5)
    period(MARCH, locked=True)
    return actions.build_edition("monthly", MARCH)


def page(client, name, edition, *args, **query):
    return client.get(reverse(f"reports:edition-{name}", args=[edition.pk, *args]), query)


def test_the_page_has_the_chapters_and_the_tables_of_the_document(edition, signed_in):
    text = page(signed_in("chair"), "read", edition).content.decode()
    assert "到馆2,830人次" in text
    for caption in ("表1 全市主要业务数据", "表5 各区成员馆数量"):
        assert caption.split()[1] in text
    assert reverse("reports:edition-district", args=[edition.pk, "440605"]) in text


def test_the_page_draws_the_charts_of_the_document_and_says_their_figures(edition, signed_in):
    client, reading = signed_in("chair"), Reading(actions.full_snapshot(edition))
    figures = [figure for chapter in chapters(reading) for figure in chapter.figures]
    page_text = page(client, "read", edition).content.decode()
    for figure in figures:
        address = reverse("reports:edition-chart", args=[edition.pk, figure.slug])
        assert f'src="{address}?' in page_text
        assert f"{figure.number} {figure.chart.title}" in page_text
        drawn = client.get(address)
        assert (drawn["Content-Type"], drawn.content.decode()) == ("image/svg+xml", figure.chart.svg)
        # The engine's own styles are allowed, and nothing else is.
        assert {"default-src 'none'", "style-src 'unsafe-inline'"} <= set(drawn["Content-Security-Policy"].split("; "))
    assert len(figures) >= 2
    assert client.get(reverse("reports:edition-chart", args=[edition.pk, "moon"])).status_code == 404
    assert signed_in("nanhai").get(address).status_code == 404


@pytest.mark.parametrize(("name", "args"), [("district", ["440605"]), ("library", ["NH003"]), ("ranking", [])])
def test_pages_of_places_and_rankings_draw_a_chart_with_its_figures(edition, signed_in, name, args):
    client, reading = signed_in("chair"), Reading(actions.full_snapshot(edition))
    query = {} if args else {"indicator": "V01", "level": "branch", "district": "440605"}
    response = page(client, name, edition, *args, **query)
    [figure] = response.context["figures"]
    text = response.content.decode()
    assert f"图1 {figure.chart.title}" in text
    assert figure.chart.table.rows[-1].cells[0].text in text
    drawn = client.get(reverse("reports:edition-chart", args=[edition.pk, figure.slug]))
    assert drawn.content.decode() == figure.chart.svg
    if args:
        excerpt = ReadingOfPlace(reading.snapshot, *args)
        of_paper = [one for chapter in excerpt.chapters() for one in chapter.figures]
        assert [(one.number, one.chart) for one in of_paper] == [("图1", figure.chart)]


def test_an_edition_of_before_says_that_it_kept_no_months_of_places(edition, signed_in):
    del edition.snapshot["by_month"]
    edition.save(update_fields=["snapshot"])
    text = page(signed_in("chair"), "district", edition, "440605").content.decode()
    assert "本版报告定稿时尚未保存各区、各馆的分月数据。" in text


def test_a_district_shows_each_library_and_leads_to_its_returns(edition, signed_in):
    text = page(signed_in("chair"), "district", edition, "440605").content.decode()
    assert "2,500" in text
    assert "period=2025-03&amp;q=NH001" in text
    assert page(signed_in("chair"), "district", edition, "440600000").status_code == 404


@pytest.mark.parametrize("name", ["read", "ranking"])
def test_who_may_not_read_the_report_reads_no_page_of_it(edition, signed_in, published, name):
    assert page(signed_in("nanhai"), name, edition).status_code == 404
    published(edition)
    assert page(signed_in("nanhai"), name, edition).status_code == 200


def test_equal_figures_share_a_rank_and_who_has_none_stands_apart(edition):
    reading = Reading(actions.full_snapshot(edition))
    levels = {one["code"]: one["level"] for one in reading.snapshot["libraries_list"]}
    found = ranked(reading, "V01", levels["NH002"], "440605")
    same = [code for code, level in levels.items() if level == levels["NH002"] and code.startswith("NH")]
    ranks = {code: rank for rank, code, *__ in found["rows"]}
    assert set(ranks) | {row[1] for row in found["without"]} == set(same)
    assert "NH001" not in ranks
    values = {"NH002": 90, "NH003": 120, "NH004": 120}
    for code, rank in ranks.items():
        assert rank == 1 + sum(values[other] > values[code] for other in ranks)
    other = ranked(reading, "V01", levels["CC002"], "440604")
    assert (other["rows"], other["median"]) == ([], None)


def test_what_there_is_not_cannot_be_asked_for(edition, signed_in):
    reading = Reading(actions.full_snapshot(edition))
    assert RankingForm(reading, {"indicator": "X99", "level": "branch"}).chosen is None
    assert page(signed_in("chair"), "ranking", edition, indicator="X99", level="moon").status_code == 200


def test_a_figure_that_lacks_months_is_not_ranked_against_whole_ones(edition):
    data = actions.full_snapshot(edition)
    level = next(one["level"] for one in data["libraries_list"] if one["code"] == "NH003")
    data["libraries"]["NH003"]["V01"] |= {"status": "partial", "value": 9000}
    found = ranked(Reading(data), "V01", level, "440605")
    assert "NH003" not in {row[1] for row in found["rows"]}
    assert "9,000*" in {row[4] for row in found["without"]}
