"""Show that returns go out in the columns in which they come in, and that no cell of them is run."""

import csv
import io

import openpyxl
import pytest

from members.periods.actions import ensure
from members.returns import actions
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from tests.members.returns.figures import CODES, sound

EXPORT = "/reports/returns/export/?tab=all&period=2026-02"


@pytest.fixture
def export(signed_in):
    def take(form="csv", username="office"):
        return signed_in(username).get(f"{EXPORT}&format={form}").content

    return take


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_an_export_has_the_columns_of_the_import(submitted, export):
    submitted(V01=None, L01="na", L02="closed", E01=0, E02=0)
    header, row = rows_of(export())
    assert header == ["library_code", "name", "period", "state", *CODES, *(f"{code}.note" for code in CODES)]
    assert row[:4] == ["NH003", "大沥分馆（演示）", "2026-02", "under review"]
    figures = dict(zip(CODES, row[4:], strict=False))
    assert [figures[code] for code in ("V01", "L01", "L02", "L04", "E01", "E02")] == ["", "—", "闭馆", "560", "0", "0"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_in_again_unchanged(accepted, export, form):
    accepted("NH002")
    accepted("NH003", V01=None, L01="na", L02="closed", E01=0, E02=0)
    plan = import_returns(export(form), name=f"returns.{form}")
    assert (plan.problems, plan.counts()["unchanged"]) == ([], 2)


@pytest.mark.checklist("C8")
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝", "|="])
def test_no_cell_is_taken_for_a_formula(library, person, export, sign):
    note = f"{sign}cmd()"
    actions.save_draft(library("NH003"), "2026-02", sound(), {"V01": note}, by=person("nanhai"))
    text = rows_of(export())[1][4 + len(CODES)]
    assert text.lstrip()[0] not in "=+-@＝"
    sheet = openpyxl.load_workbook(io.BytesIO(export("xlsx"))).worksheets[0]
    assert [cell.data_type for line in sheet.iter_rows() for cell in line if cell.data_type == "f"] == []


@pytest.mark.checklist("C9")
def test_an_export_opens_after_control_characters_were_stored(submitted, export):
    one = submitted()
    Return.objects.filter(pk=one.pk).update(notes={"V01": "a\x07b\x0bc\ufffe"})
    sheet = openpyxl.load_workbook(io.BytesIO(export("xlsx"))).worksheets[0]
    assert sheet.cell(2, 5 + len(CODES)).value == "abc"
    assert rows_of(export())[1][4 + len(CODES)] == "abc"


@pytest.mark.clause("6.2.1 j")
def test_the_workbook_of_a_month_is_filled_in_and_sent_back(accepted, draft, signed_in, stored):
    accepted("NH003", "2026-01", R04=800)
    draft("NH004", V01=77)
    client = signed_in("nanhai")
    content = client.get("/reports/returns/template/?period=2026-02&district=440605").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, before = book.worksheets
    assert [cell.value for cell in sheet["A"]] == ["Library code", "NH001", "NH002", "NH003", "NH004"]
    assert [cell.value for cell in sheet["D"]] == ["Physical visits", None, None, None, 77]
    assert [cell.comment.text for cell in sheet[1]][:4] == ["library_code", "name", "period", "V01"]
    assert (before.title, before["C4"].value, before["D4"].value) == ("Month before", "January 2026", 1234)
    assert (sheet.title, sheet["C4"].value) == ("To fill in", "February 2026")
    sheet["D4"] = 1300
    filled = io.BytesIO()
    book.save(filled)
    plan = import_returns(filled.getvalue(), name="filled.xlsx", state="submitted")
    assert (plan.problems, plan.counts()) == ([], {"created": 1, "updated": 0, "unchanged": 3, "refused": 0})
    assert plan.remarks == ["1 rows say what is stored already and stay as they are: draft."]
    assert (stored("NH003").figures, stored("NH004").state) == ({"V01": 1300}, "draft")


def workbook(client, **query):
    content = client.get("/reports/returns/template/", {"period": "2026-02"} | query).content
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.clause("6.2.1 j")
def test_the_figures_before_stand_locked_beside_each_cell_and_are_not_read_back(accepted, signed_in, stored):
    accepted("NH003", "2026-01", R04=800)
    accepted("NH003", "2025-02", V01=900, R04=700)
    book = workbook(signed_in("nanhai"))
    sheet = book.worksheets[0]
    assert [cell.comment.text for cell in sheet[1]][3:6] == ["V01", "V01.before", "V01.year_ago"]
    assert [sheet[place].value for place in ("D1", "E1", "F1")] == [
        "Physical visits",
        "Physical visits (month before)",
        "Physical visits (year before)",
    ]
    assert [sheet[place].value for place in ("D4", "E4", "F4")] == [None, 1234, 900]
    assert sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("A4", "D4", "E4", "F4")] == [True, False, True, True]
    sheet["D4"], sheet["E4"] = 1300, 9999
    filled = io.BytesIO()
    book.save(filled)
    plan = import_returns(filled.getvalue(), name="filled.xlsx", state="submitted")
    assert (plan.problems, stored("NH003").figures) == ([], {"V01": 1300})


def test_the_workbook_says_by_the_rules_of_the_month_what_a_cell_may_be(signed_in, cast):
    sheet = workbook(signed_in("nanhai")).worksheets[0]
    rules = {
        str(one.sqref).rstrip("0123456789").split("2:")[0]: one.formula1
        for one in sheet.data_validations.dataValidation
    }
    places = {cell.comment.text: cell.column_letter for cell in sheet[1]}
    part, whole = places["L02"], places["L01"]
    assert f"${part}2<=${whole}2" in rules[part]
    assert f"${places['N05']}2<=28" in rules[places["N05"]]
    assert {code for code, letter in places.items() if letter in rules} == {*CODES}


def test_a_library_has_a_workbook_of_its_own(signed_in, cast):
    sheet = workbook(signed_in("nanhai"), library="nh003").worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["Library code", "NH003"]
    assert [cell.value for cell in workbook(signed_in("nanhai"), library="CC001").worksheets[0]["A"]] == [
        "Library code"
    ]
    assert signed_in("nanhai").get("/reports/returns/template/?period=2026-02&library=XX").status_code == 404


def test_a_workbook_of_a_year_has_no_month_before(signed_in, cast):
    ensure(["2025"])
    heads = [cell.comment.text for cell in workbook(signed_in("nanhai"), period="2025").worksheets[0][1]]
    assert heads[3:5] == ["V01", "V01.year_ago"]


@pytest.mark.checklist("B5")
def test_the_admin_shows_returns_to_the_office_and_changes_none(submitted, signed_in):
    one = submitted()
    client = signed_in("office")
    assert client.get("/admin/members/return/").status_code == 200
    assert client.get(f"/admin/members/return/{one.pk}/change/").status_code == 200
    assert client.post(f"/admin/members/return/{one.pk}/change/", {"state": "accepted"}).status_code == 403
    assert client.post(f"/admin/members/return/{one.pk}/delete/", {"post": "yes"}).status_code == 403
    for username, status in (("technical-lead", 403), ("admin", 403), ("nanhai", 302)):
        assert signed_in(username).get("/admin/members/return/").status_code == status
        assert signed_in(username).get("/admin/members/return/export/").status_code == status


@pytest.mark.parametrize(("number", "start"), [("0", b"PK\x03\x04"), ("1", "\ufefflibrary_code,".encode())])
def test_the_admin_exports_in_the_same_columns(submitted, signed_in, number, start):
    submitted()
    page = signed_in("office").post("/admin/members/return/export/", {"format": number, "resource": "0"})
    assert page.content.startswith(start)
