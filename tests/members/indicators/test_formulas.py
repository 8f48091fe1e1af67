"""Reckon figures from others: safely, over the libraries that have all of them, and never out of nothing (6.2.1 j)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fsul_portal.records.models import Record
from members.indicators.formulas.actions import (
    FIRST_FORMULAS,
    keep_formula,
    load_first_formulas,
    restore_formula,
    retire_formula,
)
from members.indicators.formulas.arithmetic import BadFormulaError, codes_in, value_of, written
from members.indicators.formulas.forms import FormulaForm
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import Reckoned, reckoned
from members.indicators.models import Indicator
from members.indicators.versions.models import DictionaryVersion
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period, month_before, this_month


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def formulas(cast):
    load_first_formulas()
    return {one.code: one for one in Formula.objects.all()}


def formula(expression, code="K77", **fields):
    words = {"name": "甲", "name_en": "A", "unit": "次", "unit_en": "times", "decimals": 2}
    return Formula(code=code, expression=expression, **words | fields)


def value(expression, **known):
    return value_of(expression, known)


def test_a_formula_is_reckoned_exactly_and_rounded_half_up():
    assert value("L01 / POP", L01=1, POP=3) * 3 == 1
    assert value("(V01 + L01) × 2 − 1", V01=3, L01=4) == 13
    assert value("R04 ÷ POP * 100", R04=1, POP=8) == Decimal("12.5")
    assert [str(written(value("A / B", A=1, B=8), places)) for places in (0, 2, 3)] == ["0", "0.13", "0.125"]


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('ls')",
        "L01.__class__",
        "L01 ** 9999999",
        "[L01]",
        "L01 if V01 else R01",
        "1.5 * L01",
        "'a'",
        "L01 //",
        "(" * 90 + "L01" + ")" * 90 + "+",
        "-" * 90 + "L01",
        "L01 + " * 60 + "L01",
        "",
    ],
)
def test_nothing_but_codes_numbers_and_the_four_signs_is_understood(expression):
    with pytest.raises(BadFormulaError, match=r"[.:]"):
        codes_in(expression)


def test_every_first_formula_may_be_kept_and_speaks_of_figures_that_there_are(formulas):
    known = {*Indicator.objects.values_list("code", flat=True), "POP"}
    assert set(formulas) == {one[0] for one in FIRST_FORMULAS}
    assert {code for one in formulas.values() for code in codes_in(one.expression)} - known == set()
    assert load_first_formulas() == 0


def test_numerator_and_denominator_are_of_the_same_libraries(formulas):
    figures = [{"L01": 100, "C01": 50}, {"L01": 900, "C01": None}, {"L01": 20, "C01": 10}]
    assert reckoned(formulas["K04"], formulas.values(), figures, {}) == Reckoned(Decimal("2.00"), 2, 3)


def test_a_year_without_a_population_has_no_figure_a_head(formulas):
    figures = [{"L01": 100}]
    found = reckoned(formulas["K01"], formulas.values(), figures, {"POP": None})
    assert found == Reckoned(None, 1, 1, "There is no figure of POP.")
    assert reckoned(formulas["K01"], formulas.values(), figures, {"POP": 40}).value == Decimal("2.50")


def test_what_is_divided_by_nothing_is_said_to_be_nothing(formulas):
    found = reckoned(formulas["K05"], formulas.values(), [{"E01": 0, "E02": 0}], {})
    assert (found.value, found.reason) == (None, "It would be divided by nothing.")
    assert reckoned(formulas["K05"], formulas.values(), [], {}).reason == "There is no figure of E02."


def test_a_formula_may_use_another_one(formulas):
    twice = formula("K08 * 2", decimals=0)
    found = reckoned(twice, [*formulas.values(), twice], [{"L01": 3, "L04": 4}, {"L01": 1, "L04": 1}], {})
    assert found == Reckoned(Decimal(18), 2, 2)


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("L01 / ZZ9", "The dictionary knows no ZZ9."),
        ("K77 + 1", "The formula leads back to itself: K77 → K77."),
        ("1 + 2", "The formula names no figure."),
        ("L01 +", "The formula cannot be read"),
    ],
)
def test_a_formula_that_means_nothing_is_refused_with_a_sentence(formulas, person, expression, why):
    with pytest.raises(PermissionDenied, match=why.replace("+", r"\+")):
        keep_formula(formula(expression), by=person("office"))


def test_two_formulas_that_lead_to_one_another_are_refused(formulas, person):
    keep_formula(formula("K04 * 2"), by=person("office"))
    first = formulas["K04"]
    first.expression = "K77 / 2"
    with pytest.raises(PermissionDenied, match="leads back to itself: K04 → K77 → K04"):
        keep_formula(first, by=person("office"))


@pytest.mark.clause("6.2.1 j")
def test_the_office_writes_a_formula_on_its_page_and_the_dictionary_has_a_new_version(formulas, signed_in, person):
    client = signed_in("office")
    sent = {"code": "K77", "name": "甲", "name_en": "A", "unit": "次", "unit_en": "times", "decimals": 1}
    client.cookies["django_language"] = "en"
    page = client.post("/reports/formulas/new/", sent | {"expression": "L01 / QQ1"})
    assert page.context["form"].errors == {"expression": ["The dictionary knows no QQ1."]}
    assert client.post("/reports/formulas/new/", sent | {"expression": "L01 / V01"}).status_code == 302
    one = Formula.objects.get(code="K77")
    record = Record.objects.of(one).get()
    assert (record.verb, record.by, record.after["expression"]) == ("formula made", person("office"), "L01 / V01")
    newest = DictionaryVersion.objects.first()
    assert newest.content["formulas"]["K77"]["expression"] == "L01 / V01"
    assert client.post("/reports/formulas/K77/edit/", sent | {"expression": "V01 / L01"}).status_code == 302
    assert [record.verb for record in Record.objects.of(one)] == ["formula changed", "formula made"]


def test_only_the_keeper_of_the_dictionary_writes_formulas(formulas, person, signed_in):
    with pytest.raises(PermissionDenied, match="Only those who keep the dictionary"):
        keep_formula(formula("L01"), by=person("observer"))
    assert signed_in("observer").get("/reports/formulas/").status_code == 200
    assert signed_in("observer").get("/reports/formulas/new/").status_code == 403


@pytest.mark.clause("6.2.1 j")
def test_a_formula_is_retired_on_record_and_what_was_reported_with_it_keeps_it(formulas, person):
    retire_formula(formulas["K08"], by=person("office"))
    assert not Formula.objects.filter(code="K08").exists()
    one = Record.objects.get(verb="formula retired")
    assert (one.by, one.before["expression"], one.label) == (person("office"), "L01 + L04", str(formulas["K08"]))
    of_now, of_before = Period(code=this_month()), Period(code=month_before(this_month()))
    found = [[row.code for row in Dictionaries().formulas_at(period)].count("K08") for period in (of_now, of_before)]
    assert found == [0, 1]
    # Pressed twice at once: the other one was faster.
    retire_formula(formulas["K08"], by=person("office"))
    assert Record.objects.filter(verb="formula retired").count() == 1


def test_the_code_of_a_retired_formula_is_not_given_again(formulas, person):
    retire_formula(formulas["K08"], by=person("office"))
    with pytest.raises(PermissionDenied, match="K08 has been another figure"):
        keep_formula(formula("L01 + L03", code="K08"), by=person("office"))
    keep_formula(formula("L01 + L03", code="K18"), by=person("office"))
    words = {"name": "甲", "name_en": "A", "unit": "次", "unit_en": "times", "decimals": 2}
    form = FormulaForm({"code": "K08", "expression": "L01", **words})
    assert list(form.errors) == ["code"]


def test_a_formula_from_which_another_is_reckoned_stays(formulas, person):
    keep_formula(formula("K08 / L01", code="K18"), by=person("office"))
    with pytest.raises(PermissionDenied, match="K18 is reckoned from K08"):
        retire_formula(formulas["K08"], by=person("office"))


@pytest.mark.parametrize("name", ["nanhai", "chair", "coordination-lead", "observer"])
def test_only_the_keeper_of_the_dictionary_retires_a_formula(formulas, person, name):
    with pytest.raises(PermissionDenied):
        retire_formula(formulas["K08"], by=person(name))


def test_the_page_says_what_it_does_before_it_does_it(formulas, signed_in):
    client = signed_in("office")
    assert client.get("/reports/formulas/K08/edit/").content.decode().count("/reports/formulas/K08/retire/") == 1
    assert client.get("/reports/formulas/K08/retire/").status_code == 200
    assert Formula.objects.filter(code="K08").exists()
    assert client.post("/reports/formulas/K08/retire/").url == "/reports/formulas/"
    # Sent twice it is told that it is done.
    assert client.post("/reports/formulas/K08/retire/").url == "/reports/formulas/"
    assert client.get("/reports/formulas/K88/retire/").status_code == 404
    assert signed_in("nanhai").get("/reports/formulas/K09/retire/").status_code == 403


def test_a_retired_formula_is_taken_up_again_as_it_was_from_this_month_on(formulas, person):
    retire_formula(formulas["K08"], by=person("office"))
    restored = restore_formula("K08", by=person("office"))
    assert (restored.expression, Formula.objects.get(code="K08").title) == ("L01 + L04", formulas["K08"].title)
    codes = [row.code for row in Dictionaries().formulas_at(Period(code=this_month()))]
    assert codes.count("K08") == 1
    one = Record.objects.get(verb="formula restored")
    assert (one.by, one.after["expression"]) == (person("office"), "L01 + L04")
    # Pressed twice at once: the other one was faster.
    assert restore_formula("K08", by=person("office")) == restored
    assert Record.objects.filter(verb="formula restored").count() == 1


def test_months_in_which_a_formula_was_retired_do_without_it(formulas, person, monkeypatch):
    for module in ("formulas.actions",):
        monkeypatch.setattr(f"members.indicators.{module}.this_month", lambda: month_before(this_month()))
    retire_formula(formulas["K08"], by=person("office"))
    monkeypatch.undo()
    restore_formula("K08", by=person("office"))
    periods = [Period(code=month_before(this_month(), back)) for back in (0, 1, 2)]
    found = [[row.code for row in Dictionaries().formulas_at(one)].count("K08") for one in periods]
    assert found == [1, 0, 1]


def test_what_a_formula_was_reckoned_from_has_to_be_there_again_first(formulas, person, signed_in):
    above = keep_formula(formula("K08 / L01", code="K18"), by=person("office"))
    retire_formula(above, by=person("office"))
    retire_formula(formulas["K08"], by=person("office"))
    with pytest.raises(PermissionDenied, match="K08"):
        restore_formula("K18", by=person("office"))
    text = signed_in("office").get("/reports/formulas/").content.decode()
    assert [text.count(f"/reports/formulas/{code}/restore/") for code in ("K08", "K18")] == [1, 0]
    restore_formula("K08", by=person("office"))
    restore_formula("K18", by=person("office"))
    assert Formula.objects.filter(code__in=["K08", "K18"]).count() == 2


def test_only_the_keeper_of_the_dictionary_takes_a_formula_up_again(formulas, person, signed_in):
    retire_formula(formulas["K08"], by=person("office"))
    with pytest.raises(PermissionDenied):
        restore_formula("K08", by=person("chair"))
    assert signed_in("nanhai").post("/reports/formulas/K08/restore/").status_code == 403
    client = signed_in("office")
    assert client.post("/reports/formulas/K88/restore/").status_code == 404
    assert client.post("/reports/formulas/K08/restore/").url == "/reports/formulas/"
    # Sent twice it changes nothing more.
    assert client.post("/reports/formulas/K08/restore/").url == "/reports/formulas/"
    assert Record.objects.filter(verb="formula restored").count() == 1


def test_the_list_costs_the_same_however_many_are_retired(formulas, person, signed_in, django_assert_num_queries):
    client = signed_in("office")
    retire_formula(formulas["K08"], by=person("office"))
    client.get("/reports/formulas/")
    with CaptureQueriesContext(connection) as one:
        client.get("/reports/formulas/")
    for code in ("K01", "K02", "K03"):
        retire_formula(formulas[code], by=person("office"))
    with django_assert_num_queries(len(one)):
        client.get("/reports/formulas/")
