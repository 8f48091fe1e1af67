"""Hold the chapters by subject: there when there are figures, and every level adds up to the whole."""

import io
import json
from decimal import Decimal

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from reports.documents import render_json, render_xlsx
from reports.documents.chapters import chapters
from reports.documents.reading import Reading
from reports.documents.subjects.kinds import SUBJECTS
from tests.reports.documents.fakes import snapshot

pytestmark = pytest.mark.clause("6.1 d")
NONE = "—"
KEYS = [subject.key for subject in SUBJECTS]


@pytest.fixture(params=["annual", "monthly"])
def facts(request):
    return snapshot(request.param, 60)


def shown(facts, language="en"):
    with override(language):
        return {chapter.anchor: chapter for chapter in chapters(Reading(facts))}


def without(facts, *letters):
    """Return the report as it would be if nobody were asked for what begins with these letters."""
    facts["dictionary"] = [one for one in facts["dictionary"] if one["code"][0] not in letters]
    return facts


def as_json(facts):
    out = io.BytesIO()
    render_json(facts, out)
    return json.loads(out.getvalue())


def told(cell):
    return NONE if cell["value"] is None else cell["value"]


def test_each_subject_has_a_chapter_behind_the_network_with_tables_and_a_chart(facts):
    found = shown(facts)
    anchors = list(found)
    at = anchors.index("network") + 1
    assert anchors[at : at + 3] == KEYS
    assert [found[key].title for key in KEYS] == ["Conditions", "Collections", "Service"]
    assert [[figure.number for figure in found[key].figures] for key in KEYS] == [[], ["Figure 3"], ["Figure 4"]]
    assert [found[key].wide for key in KEYS] == [False] * 3


def test_a_subject_of_which_nobody_has_a_figure_has_no_chapter_unless_the_office_writes_one(facts):
    facts = without(facts, "C", "N")
    assert [key for key in KEYS if key in shown(facts)] == ["service"]
    facts["texts"] = {"collections": {"en": "Nothing was bought."}}
    assert shown(facts)["collections"].paragraphs == ["Nothing was bought."]


def test_the_area_of_the_registry_makes_the_chapter_of_conditions_and_says_who_is_not_known(facts):
    facts = without(facts, "N")
    assert "conditions" not in shown(facts)
    for library in facts["libraries_list"]:
        library["area"] = "100.25"
    found = shown(facts)["conditions"].tables[0].rows[0]
    whole = f"{Decimal('100.25') * len(facts['libraries_list']):,}"
    assert (found.head, found.cells[-1].text) == (
        "Gross area (registry)",
        whole.removesuffix(".00"),
    )
    facts["libraries_list"][-1]["area"] = None
    cells = shown(facts)["conditions"].tables[0].rows[0].cells
    assert [cell.text.endswith("*") for cell in cells[1:]] == [False, False, False, True, True]


def test_levels_add_up_to_the_total_of_the_system(facts):
    levels = as_json(facts)["levels"]
    for one in facts["dictionary"]:
        if not one["additive"]:
            continue
        cells = [level[one["code"]] for level in levels.values()]
        whole = facts["system"][one["code"]]
        assert sum(cell["value"] or 0 for cell in cells) == whole["value"]
        assert all(cell["complete"] for cell in cells) == whole["complete"]


def test_tables_sheet_and_json_say_the_same_of_each_level(facts):
    out = io.BytesIO()
    render_xlsx(facts, out, language="en")
    head, *rows = [row for row in load_workbook(out)["By level"].iter_rows(min_row=3, values_only=True) if row[1]]
    levels = {level: as_json(facts)["levels"][level] for level in ("central", "district", "branch", "point")}
    assert head[4:] == ("Central library", "District library", "Branch", "Service point", "Total")
    assert {row[1]: list(row[4:8]) for row in rows} == {
        one["code"]: [told(cells[one["code"]]) for cells in levels.values()]
        for one in facts["dictionary"]
        if one["additive"]
    }
    printed = {row.head: row.cells for key in KEYS for row in shown(facts)[key].tables[-1].rows}
    for one in facts["dictionary"]:
        if one["additive"] and one["name_en"] in printed:
            texts = [cell.text.rstrip("*") for cell in printed[one["name_en"]][1:5]]
            values = [told(cells[one["code"]]) for cells in levels.values()]
            assert texts == [value if value == NONE else f"{value:,}" for value in values]


def test_what_does_not_add_up_has_the_median_of_each_level(facts):
    table = shown(facts)["conditions"].tables[-1]
    assert table.caption == "Conditions: medians of the libraries of each level"
    whole = sorted(
        facts["libraries"][one["code"]]["N05"]["value"]
        for one in facts["libraries_list"]
        if one["level"] == "district" and facts["libraries"][one["code"]]["N05"]["status"] == "reported"
    )
    assert len(whole) % 2
    assert table.rows[0].cells[2].text == str(whole[len(whole) // 2])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_first_text_of_a_subject_says_how_it_is_spread_over_the_districts(facts, language):
    reading = facts["districts"]["440605"]["C01"]["value"]
    said = shown(facts, language)["collections"].paragraphs[0]
    assert (f"{reading:,}" in said) or f"{Decimal(reading) / 10000:,.2f}万" in said
    assert "{" not in said
