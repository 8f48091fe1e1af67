"""A refused table goes back to its sender with every mistake in its place."""

import io

import openpyxl
import pytest
from django.utils.translation import override

from fsul_portal.sheets import Problem, SheetRefused, Table, mark_errors, read_sheet, write_csv, write_xlsx
from tests.fsul_portal import hostile

RED = "FFFFC7CE"
ROWS = [["NH001", "南海图书馆", 12], ["NH002", "=里水", "1.2万"]]
PROBLEMS = [
    Problem(3, "V01", "Write 12000."),
    Problem(3, "V01", "Too large."),
    Problem(2, "name", "=Unknown."),
    Problem(3, None, "The row stands twice."),
    Problem(None, None, "The column phone is missing."),
]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def as_workbook(rows):
    out = io.BytesIO()
    write_xlsx(out, [Table("成员馆", ["code", "name", "V01"], rows)])
    return out.getvalue()


def marked(content, problems, name="a.xlsx"):
    out = io.BytesIO()
    mark_errors(content, problems, out, name=name)
    return out.getvalue()


@pytest.mark.checklist("C6")
@pytest.mark.parametrize("original", [as_workbook(ROWS), write_csv(["code", "name", "V01"], ROWS)], ids=["XLSX", "CSV"])
def test_bad_cells_are_red_and_say_why(original):
    page = openpyxl.load_workbook(io.BytesIO(marked(original, PROBLEMS))).worksheets[0]
    red = {cell.coordinate: cell.comment.text for row in page["A2:C3"] for cell in row if cell.fill.fgColor.rgb == RED}
    assert red == {"B2": "'=Unknown.", "A3": "The row stands twice.", "C3": "Write 12000.\nToo large."}
    assert page["A1"].comment.text == "The column phone is missing."


@pytest.mark.checklist("C6")
def test_all_problems_are_listed_on_a_sheet_of_their_own():
    page = openpyxl.load_workbook(io.BytesIO(marked(as_workbook(ROWS), PROBLEMS))).worksheets[1]
    assert (page.title, list(page.values)) == (
        "Problems",
        [
            ("row", "column", "what is wrong"),
            (None, None, "The column phone is missing."),
            (2, "name", "'=Unknown."),
            (3, "V01", "Write 12000."),
            (3, "V01", "Too large."),
            (3, None, "The row stands twice."),
        ],
    )


def test_the_marked_workbook_can_be_mended_and_sent_again():
    again = read_sheet(marked(as_workbook(ROWS), PROBLEMS), name="a.xlsx")
    assert (again.title, again.unread) == ("成员馆", ["Problems"])
    assert [list(row.cells.values()) for row in again.rows] == ROWS


def test_rows_stay_where_they_were_and_an_empty_cell_can_be_red():
    page = openpyxl.load_workbook(
        io.BytesIO(marked(b"code,V01\n\n\nNH001,\n", [Problem(4, "V01", "Empty.")], "a.csv"))
    ).worksheets[0]
    assert (page["A4"].value, page["B4"].fill.fgColor.rgb, page["B4"].comment.text) == ("NH001", RED, "Empty.")


def test_a_long_table_is_marked_as_well():
    lines = "".join(f"NH{number:05},=x\n" for number in range(20_001))
    content = marked(f"code,name\n{lines}".encode(), [Problem(20_002, "name", "Wrong.")], "a.csv")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (page["A20002"].value, page["B20002"].value, page["B20002"].comment.text) == ("NH20000", "'=x", "Wrong.")
    assert read_sheet(content, name="a.xlsx").rows[-1].cells == {"code": "NH20000", "name": "=x"}


def test_a_sheet_called_problems_does_not_stand_in_the_way():
    out = io.BytesIO()
    write_xlsx(out, [Table("Problems", ["code"], [["NH001"]])])
    assert openpyxl.load_workbook(io.BytesIO(marked(out, PROBLEMS))).sheetnames == ["Problems", "Problems 2"]


def test_a_hostile_file_is_refused_here_too():
    with pytest.raises(SheetRefused):
        marked(hostile.one_cell_in_the_last_corner(), PROBLEMS)
