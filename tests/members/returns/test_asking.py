"""Keep all indicators on record, and ask only for those which the office has switched on (6.2.1 j)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.records.models import Record
from members.indicators.actions import ask, cease
from members.indicators.dictionary import DICTIONARY, NATURE, load_first_indicators
from members.indicators.models import Indicator
from members.indicators.words import asked_in_words
from members.returns.checks.asked import asked_of
from members.returns.intake.columns import return_columns
from members.returns.models import Return
from reports.editions.figures.snapshot import freeze
from tests.members.returns.figures import CODES

LEVELS = {"central", "district"}


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def indicator(cast):
    return lambda code: Indicator.objects.get(code=code)


def codes(indicators):
    return tuple(one.code for one in indicators)


@pytest.mark.clause("6.2.1 j")
def test_all_that_a_library_may_count_stands_in_the_dictionary(cast):
    counted = {"N": 9, "C": 10, "R": 5, "V": 2, "L": 11, "E": 14, "D": 4, "T": 6, "M": 3, "X": 3, "Y": 2}
    stored = list(Indicator.objects.values_list("code", flat=True))
    assert {letter: sum(code[0] == letter for code in stored) for letter in counted} == counted
    assert len(stored) == sum(counted.values()) == len(DICTIONARY)
    assert codes(Indicator.objects.in_use()) == CODES


def test_every_indicator_says_what_it_is_in_both_languages_and_after_the_standard(cast):
    said = ("name", "name_en", "unit", "unit_en", "iso_term", "definition", "definition_en", "reported_by", "frequency")
    assert [one.code for one in Indicator.objects.all() if not all(getattr(one, name) for name in said)] == []


def test_money_is_asked_once_a_year_and_in_whole_yuan(indicator):
    assert {(indicator(code).frequency, indicator(code).unit) for code in ("X01", "X02", "X03")} == {("annual", "元")}


def test_what_nobody_is_asked_for_stands_in_no_form_file_or_report(draft, as_person):
    one = draft()
    assert codes(asked_of(one)) == CODES
    assert [column.name for column in return_columns() if column.name in ("N04", "L03", "X01")] == []
    snapshot = freeze("monthly", "2026-02")
    assert (codes_of(snapshot["dictionary"]), set(snapshot["system"])) == (CODES, set(CODES))
    page = as_person("nanhai").get(one.get_absolute_url())
    assert codes(line.indicator for line in page.context["lines"]) == CODES


def codes_of(entries):
    return tuple(entry["code"] for entry in entries)


@pytest.mark.clause("6.2.1 j")
def test_the_office_switches_an_indicator_on_from_a_month_on_and_for_some_levels(indicator, office, library):
    one = ask(indicator("N04"), since="2026-03", levels=["branch"], by=office)
    assert (one.in_use, one.asked_from, one.asked_of) == (True, date(2026, 3, 1), ["branch"])
    assert [one.is_asked(date(2026, month, 28), "branch") for month in (2, 3)] == [False, True]
    assert one.is_asked(date(2026, 3, 31), "point") is False
    assert [column.name for column in return_columns() if column.name == "N04"] == ["N04"]
    record = Record.objects.of(one).get()
    assert (record.verb, record.by, record.after["asked_from"]) == ("asked", office, "2026-03-01")


def test_it_can_be_left_out_again_and_then_asked_once_more(indicator, office):
    one = cease(ask(indicator("N04"), since="2026-03", by=office), after="2026-05", by=office)
    assert [one.is_asked(date(2026, month, 28), None) for month in (2, 3, 5, 6)] == [False, True, True, False]
    one = ask(one, since="2026-08", by=office)
    assert (one.asked_from, one.asked_until) == (date(2026, 8, 1), None)


def test_a_yearly_indicator_is_asked_for_a_year_and_for_no_month(indicator, office):
    one = ask(indicator("X02"), since="2026-03", levels=["district"], by=office)
    assert one.is_asked(date(2026, 12, 31), "district") is False
    assert [one.is_asked(date(year, 12, 31), "district", is_year=True) for year in (2025, 2026)] == [False, True]
    assert one.is_always_asked is False


@pytest.mark.parametrize(("code", "since", "why"), [("N01", "2026-03", "follows from"), ("N04", "2026-01", "are over")])
def test_nobody_is_asked_for_what_the_portal_knows_nor_for_months_that_are_over(indicator, office, code, since, why):
    with pytest.raises(PermissionDenied, match=why):
        ask(indicator(code), since=since, by=office)
    assert Indicator.objects.get(code=code).in_use is False


def test_only_its_keeper_says_what_is_asked(indicator, person):
    for name in ("nanhai", "admin", "observer"):
        with pytest.raises(PermissionDenied, match="Only those who keep the dictionary"):
            ask(indicator("N04"), since="2026-03", by=person(name))


def test_what_nobody_is_asked_for_cannot_be_left_out(indicator, office):
    with pytest.raises(PermissionDenied, match="is not asked of anybody"):
        cease(indicator("N04"), after="2026-03", by=office)


def test_the_page_of_an_indicator_switches_it_on(signed_in, indicator):
    client = signed_in("office")
    page = client.get("/reports/indicators/C08/ask/")
    assert set(page.context["form"].initial["levels"]) == LEVELS
    sent = {"since": "2026-04", "levels": sorted(LEVELS)}
    assert client.post("/reports/indicators/C08/ask/", sent).status_code == 302
    assert asked_in_words(indicator("C08")) == "from April 2026 · central library · district library"
    page = client.get("/reports/indicators/C08/", headers={"accept-language": "en"})
    assert [entry["did"] for entry in page.context["course"]] == ["lets it be asked"]


def test_a_whole_names_its_parts(signed_in):
    page = signed_in("observer").get("/reports/indicators/E01/")
    assert codes(page.context["parts"]) == ("E03", "E04", "E05", "E06", "E07", "E08")


def test_a_portal_of_an_older_release_learns_what_its_indicators_are(cast):
    blank = {"reported_by": "library", "frequency": "monthly", "iso_term": "", "part_of": "", "balance": ""}
    Indicator.objects.update(**blank)
    Indicator.objects.exclude(code__in=CODES).delete()
    assert load_first_indicators() == len(DICTIONARY) - len(CODES)
    stored = {one.code: [getattr(one, name) for name in NATURE] for one in Indicator.objects.all()}
    assert stored == {one.code: [getattr(one, name) for name in NATURE] for one in DICTIONARY}
    assert codes(Indicator.objects.in_use()) == CODES
    assert Return.objects.count() == 0
