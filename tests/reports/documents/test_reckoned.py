"""Formulas and the yearly table of the authority are reckoned from the snapshot, over libraries that have figures."""

import io
import json
from fractions import Fraction

import openpyxl
import pytest
from django.utils.translation import override

from members.indicators.formulas.actions import FIELDS, FIRST_FORMULAS
from reports.documents import render_json, render_xlsx
from reports.documents.reading import Reading
from reports.documents.reckoned import derived, statutory
from reports.documents.words.placeholders import filled
from tests.reports.documents.fakes import snapshot

pytestmark = pytest.mark.clause("6.1 d")
FORMULAS = [dict(zip(FIELDS, one, strict=True)) for one in FIRST_FORMULAS]
PEOPLE = {"": 9_618_900, "440605": 3_667_200}


def told(kind="annual", libraries=20, people=PEOPLE, **more):
    facts = snapshot(kind, libraries)
    for library in facts["libraries_list"]:
        library["area"] = "250.5"
    population = {"year": 2025, "people": people, "sources": ["佛山市统计局"]}
    network = {"network": facts["network"] | {"on": "", "transferred": []}}
    return facts | network | {"version": 6, "reckoning": {"formulas": FORMULAS, "population": population}} | more


def by_code(facts):
    return {one.code: one for one in derived.Derived(Reading(facts)).formulas}


def cells(facts, code, district=None):
    rows = [one for one in facts["libraries_list"] if district in (None, one["district"])]
    return [facts["libraries"][one["code"]][code] for one in rows]


def test_a_figure_a_head_is_that_of_the_people_of_the_year_and_of_a_year_alone():
    facts = told()
    value = derived.Derived(Reading(facts)).value(by_code(facts)["K01"])
    loans = sum(cell["value"] or 0 for cell in cells(facts, "L01"))
    assert abs(Fraction(value.reckoned.value) - Fraction(loans, PEOPLE[""])) <= Fraction(1, 200)
    assert "K01" not in by_code(told("monthly"))
    assert {"K04", "K05", "K08"} <= set(by_code(told("monthly")))


def test_a_place_without_people_has_no_figure_a_head():
    facts = told(people={"440605": 10})
    values = {place: derived.Derived(Reading(facts)).value(by_code(facts)["K01"], place) for place in ("", "440605")}
    assert values[""].text == "—"
    assert values["440605"].reckoned.value is not None


def test_both_sides_of_a_ratio_are_those_of_the_same_libraries_and_what_lacks_is_marked():
    facts = told(libraries=6)
    for number, own in enumerate(facts["libraries"].values()):
        own["L01"] = {"value": 100, "status": "reported", "note": ""}
        own["C01"] = {"value": 1000 * (number + 1), "status": "reported", "note": ""}
    first, second, third, *__ = facts["libraries"]
    facts["libraries"][first]["C01"] = {"value": None, "status": "missing", "note": ""}
    facts["libraries"][second]["C01"] = {"value": None, "status": "na", "note": ""}
    turnover = by_code(facts)["K04"]
    value = derived.Derived(Reading(facts)).value(turnover)
    # Four libraries of five that count: 400 loans of 3,000 + … + 6,000 items.
    assert (value.reckoned.libraries, value.reckoned.of, value.text) == (4, 5, "0.02*")
    facts["libraries"][first]["C01"] = {"value": 1000, "status": "reported", "note": ""}
    assert derived.Derived(Reading(facts)).value(turnover).text == "0.03"
    facts["libraries"][third]["L01"]["status"] = "partial"
    assert derived.Derived(Reading(facts)).value(turnover).text == "0.03*"


def test_districts_are_never_averaged():
    facts = told(libraries=60)
    found = derived.Derived(Reading(facts))
    formula = by_code(facts)["K08"]
    parts = [found.value(formula, place.code).reckoned.value or 0 for place in Reading(facts).districts]
    assert sum(parts) == found.value(formula).reckoned.value


def test_the_formulas_stand_in_tables_texts_the_workbook_and_json():
    facts = told(libraries=30)
    with override("zh-hans"):
        reading = Reading(facts)
        (table,) = derived.tables(reading)
        names = [row.head for row in table.rows]
        value = derived.Derived(reading).value(by_code(facts)["K01"]).text
        assert names[0] == "人均外借册次"
        assert table.rows[0].cells[-1].text == "文献外借册次 ÷ 常住人口（2025年）"
        assert filled("人均外借{人均外借册次}，{K01}。", reading) == [f"人均外借{value}册次/人，{value}册次/人。"]
    out = io.BytesIO()
    render_xlsx(facts, out)
    sheet = openpyxl.load_workbook(out)["计算指标"]
    assert sheet.cell(3, 3).value.startswith("人均外借册次")
    out = io.BytesIO()
    render_json(facts, out)
    reckoned = json.loads(out.getvalue())["reckoned"]
    assert reckoned["system"]["K01"]["value"] == value.removesuffix("*")
    assert reckoned["population"]["sources"] == ["佛山市统计局"]


def test_a_report_of_an_older_shape_has_no_formulas_and_is_printed_all_the_same():
    facts = snapshot("annual", 10)
    assert list(derived.tables(Reading(facts))) == []
    assert statutory.figure(Reading(facts), "N03", "") is None


def test_the_yearly_table_says_what_nobody_is_asked_for_and_never_takes_it_for_zero():
    facts = told(libraries=30)
    with override("zh-hans"):
        reading = Reading(facts)
        table = statutory.year_table(reading)
        rows = {row.before[0]: row for row in table.rows}
        stock = facts["system"]["C01"]
        assert rows["1"].head == "藏量"
        assert rows["1"].cells[1].text.rstrip("*") == f"{stock['value']:,}"
        assert {cell.text for cell in rows["11"].cells[1:]} == {"未统计"}
        assert rows["13"].cells[1].text == "30"
        assert rows["18"].cells[1].text == f"{30 * 250.5:,.0f}"
        assert len(table.columns) == 4 + len(reading.districts)
    out = io.BytesIO()
    render_xlsx(facts, out)
    sheet = openpyxl.load_workbook(out)["年度统计表"]
    written = {sheet.cell(at, 1).value: sheet.cell(at, 4).value for at in range(4, sheet.max_row + 1)}
    assert (written["1"], written["11"]) == (stock["value"], "未统计")


def test_every_code_of_the_yearly_table_is_one_of_the_dictionary():
    from members.indicators.dictionary import DICTIONARY

    known = {one.code for one in DICTIONARY}
    assert {entry["code"] for entry in statutory.entries()} - known == {""}
