"""Hold what a file of divisions may say, and what the districts' page counts."""

import pytest
from django.core.exceptions import ValidationError

from fsul_portal.finding.actions import write_search_words
from fsul_portal.records.models import Record
from members.divisions.actions import load_foshan
from members.divisions.codes import check_code, is_code
from members.divisions.coverage import districts_on
from members.libraries.models import Division, Spell
from tests.members.conftest import told


def test_foshan_has_five_districts_and_32_towns(db):
    assert load_foshan() == 38
    assert load_foshan() == 0
    levels = [Division.objects.filter(level=level).count() for level in ("city", "district", "town")]
    assert levels == [1, 5, 32]
    districts = Division.objects.filter(level="district").values_list("name", flat=True)
    assert list(districts) == ["禅城区", "南海区", "顺德区", "高明区", "三水区"]


def test_a_district_and_its_towns_may_stand_in_one_file(load_divisions):
    plan = load_divisions(
        ("440609001", "新镇", "town", "440609", "601"), ("440609", "新区", "district", "440600", "600")
    )
    assert plan.counts() == {"created": 2, "updated": 0, "unchanged": 0, "refused": 0}
    assert Division.objects.get(code="440609001").parent.name == "新区"


def test_a_new_name_is_a_change_with_its_record(load_divisions):
    plan = load_divisions(("440605", "南海新区", "district", "440600", ""))
    assert plan.counts() == {"created": 0, "updated": 1, "unchanged": 0, "refused": 0}
    division = Division.objects.get(code="440605")
    assert (division.name, division.sort) == ("南海新区", 200)
    assert Record.objects.of(division)[0].changes() == [("name", "南海区", "南海新区")]


def test_a_file_without_english_names_leaves_those_that_are_stored(load_divisions):
    before = dict(Division.objects.values_list("code", "name_en"))
    plan = load_divisions(
        ("440605", "南海新区", "district", "440600", ""), ("440604", "禅城区", "district", "440600", "")
    )
    assert plan.counts() == {"created": 0, "updated": 1, "unchanged": 1, "refused": 0}
    assert (before["440605"], dict(Division.objects.values_list("code", "name_en"))) == ("Nanhai District", before)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("4406", "短", "district", "440600", "1"), "code"),
        (("440609", "新区", "district", "", "1"), "parent_code"),
        (("440609", "新区", "district", "440605", "1"), "parent_code"),
        (("440609", "新区", "district", "999999", "1"), "parent_code"),
        (("440609", "新区", "district", "440609", "1"), "parent_code"),
        (("440700", "新市", "city", "440600", "1"), "parent_code"),
        (("440605", "南海区", "town", "440604", "1"), "level"),
        (("440609", "新区", "province", "", "1"), "level"),
        (("440609", "新区", "district", "440600", "-1"), "sort"),
    ],
)
def test_what_cannot_be_a_division_is_refused_at_its_cell(load_divisions, row, column):
    plan = load_divisions(row)
    assert [(number, name) for number, name, __ in told(plan)] == [(2, column)]
    assert Division.objects.count() == 38


def test_partial_leaves_out_what_belongs_to_a_refused_division(load_divisions):
    plan = load_divisions(
        ("440609", "新区", "district", "999999", "1"),
        ("440609001", "新镇", "town", "440609", "2"),
        ("440605130", "好镇", "town", "440605", "3"),
        partial=True,
    )
    assert plan.counts() == {"created": 1, "updated": 0, "unchanged": 0, "refused": 2}
    assert Division.objects.filter(code="440605130").exists()


@pytest.mark.clause("6.2.1 e")
def test_the_districts_count_their_libraries_and_the_towns_with_a_branch(cast):
    areas = districts_on(None)
    counted = [(area.division.name, area.total, area.covered, len(area.towns)) for area in areas]
    assert counted == [
        ("佛山市", 1, 0, 0),
        ("禅城区", 2, 1, 4),
        ("南海区", 4, 2, 7),
        ("顺德区", 1, 0, 10),
        ("高明区", 1, 0, 4),
        ("三水区", 1, 0, 7),
    ]


def test_divisions_of_an_older_release_get_their_english_names_and_renamed_ones_do_not(cast):
    Division.objects.update(name_en="")
    Division.objects.filter(code="440605").update(name="南海新区")
    write_search_words(Division.objects.all())
    write_search_words(Spell.objects.all())
    assert load_foshan() == 37
    assert load_foshan() == 0
    names = Division.objects.filter(code__in=("440604", "440605", "440604010")).values_list("name_en", flat=True)
    assert list(names) == ["Chancheng District", "Shiwan Town Subdistrict", ""]
    assert [(write_search_words(model.objects.all())) for model in (Division, Spell)] == [0, 0]


def test_a_file_may_give_an_english_name_and_an_empty_cell_keeps_it(load):
    rows = (("440605", "南海区", "South Sea District", "district"), ("440606", "顺德区", "", "district"))
    plan = load("code,name,name_en,level", *rows, kind="divisions")
    assert plan.counts() == {"created": 0, "updated": 1, "unchanged": 1, "refused": 0}
    assert [Division.objects.get(code=row[0]).name_en for row in rows] == ["South Sea District", "Shunde District"]


@pytest.mark.clause("6.2.1 e")
def test_another_country_has_codes_of_its_own(load_divisions, settings):
    settings.DIVISION_CODE, settings.DIVISION_CODE_EXAMPLE = r"[A-Z]\d{8}", "E09000033"
    rows = ("E12000007", "伦敦", "city", "", "1"), ("E09000033", "威斯敏斯特", "district", "E12000007", "2")
    assert load_divisions(*rows).counts()["created"] == 2
    check_code("E09000033")
    with pytest.raises(ValidationError, match="E09000033"):
        check_code("440605")
    [(__, column, sentence)] = told(load_divisions(("440609", "新区", "district", "E12000007", "3")))
    assert (column, "E09000033" in sentence) == ("code", True)


@pytest.mark.parametrize("code", ["44060", "44/605", "440605\n", "４４０６０５", "４４０６０５011", ""])
def test_a_code_that_could_stand_in_no_address_is_none(code, settings):
    settings.DIVISION_CODE = ".*" if "/" in code else settings.DIVISION_CODE
    assert not is_code(code)
