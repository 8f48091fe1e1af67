"""Hold that no file, however it came about, breaks the import or slips something past it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from fsul_portal.sheets import SheetRefused, Table, write_xlsx
from members.libraries.models import Library
from tests.fsul_portal import hostile
from tests.members.conftest import csv_of, told

HEADERS = "code,name,level,parent_code"
ROW = ("NH010", "新分馆", "branch", "NH001")


def name_of(code):
    return Library.objects.get(code=code).facts.name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_chinese_files_are_read_as_they_come(load, encoding, line_end):
    text = csv_of(HEADERS, ("NH010", "𠮷祥里图书馆𡐓", "分馆", "NH001")).decode().replace("\r\n", line_end)
    load(text.encode(encoding))
    assert name_of("NH010") == "𠮷祥里图书馆𡐓"


def test_a_name_of_200_characters_goes_in_and_one_of_201_is_refused(load):
    plan = load(
        HEADERS, ("NH010", "𠮷" * 200, "branch", "NH001"), ("NH011", "馆" * 201, "branch", "NH001"), partial=True
    )
    assert [(row, column) for row, column, __ in told(plan)] == [(3, "name")]
    assert name_of("NH010") == "𠮷" * 200


@pytest.mark.checklist("C1")
def test_control_characters_do_not_reach_the_registry(load):
    load(HEADERS, ("NH010", "新分馆\u202e", "branch", "NH001"))
    assert name_of("NH010") == "新分馆"
    with override("en"), pytest.raises(SheetRefused, match="Row 2, column B holds a control character"):
        load(HEADERS, ("NH011", "新\x01分\x07馆\x1b", "branch", "NH001"))


@pytest.mark.checklist("C8")
def test_a_formula_is_a_name_like_any_other(load):
    load(HEADERS, ("NH010", '=HYPERLINK("http://example.org")', "branch", "NH001"))
    assert name_of("NH010") == '=HYPERLINK("http://example.org")'


@pytest.mark.checklist("C2")
def test_markup_in_a_name_is_shown_and_not_followed(load, signed_in):
    load(HEADERS, ("NH010", "<script>alert(1)</script>", "branch", "NH001"))
    page = signed_in("office").get("/members/libraries/NH010/").content.decode()
    assert page.count("<script>alert") == 0
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 0


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("NH 10", "code"),
        ("../etc", "code"),
        ("馆1", "code"),
        ("-NH1", "code"),
        ("N" * 21, "code"),
        ("NH_1", "code"),
        ("", "code"),
    ],
)
def test_a_code_that_is_none_is_refused(load, code, column):
    plan = load(HEADERS, (code, "馆", "branch", "NH001"))
    assert [(row, name) for row, name, __ in told(plan)] == [(2, column)]


def test_codes_keep_their_zeros(load):
    load(HEADERS, ("007", "馆", "branch", "NH001"))
    assert name_of("007") == "馆"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"code,name\nNH010,x\n", "a required column is missing"),
        ("code,馆代码,name,level\nNH010,NH010,x,branch\n".encode(), "two columns mean the same"),
        (b"code,name,level\n", "no rows"),
        (b"PK\x03\x04 this is no workbook", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "an old workbook"),
        (b"<html><table><tr><td>code</td></tr></table></html>", "a web page"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(load, content, why):
    with pytest.raises(SheetRefused) as refusal:
        load(content)
    assert len(refusal.value.sentence) > 5, why
    assert Library.objects.count() == 10


@pytest.mark.checklist("C5")
@pytest.mark.parametrize(
    "make",
    [
        hostile.zips_in_a_zip,
        hostile.one_cell_in_the_last_corner,
        hostile.a_file_of_this_machine,
        hostile.a_billion_laughs,
    ],
)
def test_a_workbook_made_to_hurt_is_refused_by_the_command(cast, tmp_path, make):
    path = tmp_path / "hurts.xlsx"
    path.write_bytes(make())
    with pytest.raises(SystemExit):
        call_command("import_libraries", path)
    assert Library.objects.count() == 10


def test_many_long_chains_of_parents_are_answered_quickly(load):
    rows = [(f"Z{number}", "馆", "branch", f"Z{number + 1}") for number in range(3000)]
    plan = load(HEADERS, *rows)
    assert plan.counts() == {"created": 0, "updated": 0, "unchanged": 0, "refused": 3000}


def test_numbers_beyond_all_measure_are_refused_at_their_cell(load):
    plan = load(
        "code,name,level,parent_code,seats,area,longitude,latitude",
        ("NH010", "馆", "branch", "NH001", "99999999999", "1e400", "inf", "nan"),
    )
    assert [(row, column) for row, column, __ in told(plan)] == [
        (2, "longitude"),
        (2, "latitude"),
        (2, "area"),
        (2, "seats"),
    ]


def test_a_workbook_keeps_its_types(cast, tmp_path):
    path = Path(tmp_path / "馆.xlsx")
    write_xlsx(path, [Table("馆", [*HEADERS.split(","), "seats", "opened_on"], [[*ROW, 88, "2021-05-01"]])])
    call_command("import_libraries", path)
    spell = Library.objects.get(code="NH010").spells.get()
    assert (spell.seats, spell.since.isoformat()) == (88, "2021-05-01")
