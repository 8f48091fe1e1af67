"""Show the dictionary of indicators to everybody, and let only its keepers change words (6.2.1 j)."""

import re
from random import Random

import pytest
from django.utils import translation

from fsul_portal.records.models import Record
from members.indicators.dictionary import DICTIONARY, FIRST_INDICATORS, NATURE, WORDS, load_first_indicators
from members.indicators.models import Indicator
from members.returns.intake.columns import return_columns
from reports.demo.figures import Household

ADDRESS = "/admin/members/indicator/"


@pytest.fixture
def visits(cast):
    return Indicator.objects.get(code="V01")


def changed(indicator, **words):
    fields = (
        "name",
        "name_en",
        "unit",
        "unit_en",
        "over_time",
        "over_libraries",
        "definition",
        "definition_en",
        "sort",
    )
    return {name: getattr(indicator, name) for name in fields} | words


@pytest.mark.clause("6.2.1 j")
def test_everybody_reads_what_each_figure_means(signed_in, visits):
    page = signed_in("observer").get("/reports/indicators/", headers={"accept-language": "zh-hans"})
    assert [one.code for one in page.context["indicators"]][:3] == ["V01", "V02", "L01"]
    assert visits.definition in page.content.decode()


def test_each_language_has_its_own_words(visits):
    with translation.override("en"):
        assert (visits.title, visits.unit_title) == ("Physical visits", "visits")
    with translation.override("zh-hans"):
        assert (visits.title, visits.unit_title) == ("到馆人次", "人次")


def test_loading_again_keeps_what_was_changed(visits):
    Indicator.objects.filter(pk=visits.pk).update(name="进馆人次")
    assert load_first_indicators() == 0
    assert Indicator.objects.get(code="V01").name == "进馆人次"


def test_a_new_indicator_comes_behind_the_one_before_it_wherever_the_office_has_put_that(cast):
    order = ["N05", *(one.code for one in FIRST_INDICATORS if one.code != "N05")]
    for sort, code in enumerate(order):
        Indicator.objects.filter(code=code).update(sort=sort)
    Indicator.objects.filter(code__in=["V01", "L04"]).delete()
    assert load_first_indicators() == 2
    loaded = list(Indicator.objects.in_use().values_list("code", "sort"))
    assert [code for code, sort in loaded] == ["V01", *(code for code in order if code != "V01")]
    assert len({sort for code, sort in loaded}) == len(loaded)


def test_no_code_in_which_others_send_and_read_figures_goes_away():
    in_use = {"V01", "L01", "L02", "L04", "R01", "R03", "R04", "C01", "E01", "E02", "N05"}
    assert in_use - {one.code for one in FIRST_INDICATORS} == set()


def test_a_file_of_returns_has_a_column_for_each_figure_and_then_for_each_explanation(cast):
    codes = [one.code for one in FIRST_INDICATORS]
    names = ["library_code", "name", "period", "state", *codes, *(f"{code}.note" for code in codes)]
    assert [column.name for column in return_columns()] == names


def test_what_is_declared_of_an_indicator_names_indicators_that_there_are():
    codes = [one.code for one in DICTIONARY]
    assert len(set(codes)) == len(codes)
    for place, one in enumerate(DICTIONARY):
        Indicator(**{name: getattr(one, name) for name in (*WORDS, *NATURE)}).clean_fields()
        assert set(re.findall(r"[A-Z][0-9]{2}", one.balance)) <= set(codes), one.code
        assert one.usual is None or one.usual.of in codes[:place], one.code
        assert one.part_of in ["", *codes], one.code


def test_the_demo_has_a_figure_for_every_indicator():
    figures = Household("point", Random(1)).month("2026-02")
    assert list(figures) == [one.code for one in FIRST_INDICATORS]
    assert [one.code for one in FIRST_INDICATORS if one.part_of and figures[one.code] > figures[one.part_of]] == []


def test_without_the_permission_nobody_changes_the_dictionary(signed_in, visits):
    client = signed_in("admin")
    assert client.get(f"{ADDRESS}{visits.pk}/change/").status_code == 200
    assert client.post(f"{ADDRESS}{visits.pk}/change/", changed(visits, name="x")).status_code == 403
    assert [signed_in(name).get(f"{ADDRESS}add/").status_code for name in ("admin", "office")] == [403, 403]
    assert Indicator.objects.get(code="V01").name == "到馆人次"


def test_a_change_of_words_is_on_record(signed_in, person, visits):
    page = signed_in("office").post(f"{ADDRESS}{visits.pk}/change/", changed(visits, name="进馆人次", code="X99"))
    assert page.status_code == 302
    record = Record.objects.of(visits).get()
    assert (record.by, record.before, record.after) == (person("office"), {"name": "到馆人次"}, {"name": "进馆人次"})
    assert Indicator.objects.get(pk=visits.pk).code == "V01"
