"""What leaves the portal opens everywhere, runs nowhere, and comes back as it was."""

import csv
import io
import random
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override

from fsul_portal.grammar.text import clean
from fsul_portal.sheets import Column, Table, read_sheet, write_csv, write_xlsx
from fsul_portal.sheets.cells import CLOSED, NOT_APPLICABLE
from fsul_portal.sheets.neutral import neutralise, restore

RISKY_SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
ATTACKS = [
    *[f"{sign}cmd|'/C calc'!A0" for sign in RISKY_SIGNS],
    ' =HYPERLINK("http://x.example")',
    "\u3000=1+1",
    "\ufeff=1+1",
    "'=1+1",
    "''=1+1",
    "--1",
    "\x00=1+1",
    "http://x.example/?a=1",
    "mailto:a@b.example",
]
HARMLESS = ["'", "'s", "a=1", "—", "NH001", "00101", "𠮷", "一\n二", '引"号', "a,b;c\td", " 前后 ", "_x0041_", "{=1+1}"]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def xlsx(*tables):
    out = io.BytesIO()
    write_xlsx(out, tables)
    return out.getvalue()


def page(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def csv_cells(content):
    return [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in line]


@pytest.mark.checklist("C8")
def test_no_cell_starts_with_what_a_spreadsheet_would_run():
    rows = [[text, "x"] for text in ATTACKS]
    written = csv_cells(write_csv(ATTACKS, rows))
    written += [
        cell for row in page(xlsx(Table("t", ATTACKS, rows))).iter_rows(values_only=True) for cell in row if cell
    ]
    assert [cell for cell in written if cell.lstrip(" \u3000\ufeff")[0] in RISKY_SIGNS] == []
    assert len(written) == 2 * (len(ATTACKS) + 2 * len(ATTACKS))


@pytest.mark.checklist("C8")
def test_no_cell_is_a_formula_or_an_address_that_opens():
    content = xlsx(Table("t", ["text"], [[text] for text in ATTACKS], footer=["=1+1"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
    assert re.findall(r"<(f|hyperlink)[ >]", sheet) == []


@pytest.mark.checklist("C8")
@pytest.mark.parametrize("text", ATTACKS + HARMLESS, ids=ascii)
def test_what_was_written_is_read_back_as_it_was(text):
    for content in (write_csv(["text", "end"], [[text, "."]]), xlsx(Table("t", ["text", "end"], [[text, "."]]))):
        assert read_sheet(content, name="a").rows[0].cells["text"] == clean(text).replace("\r\n", "\n")


def test_putting_the_mark_and_taking_it_away_is_the_same_as_nothing():
    luck = random.Random(8)
    for _turn in range(5_000):
        text = "".join(luck.choice("'=+-@＝－ \u3000\ta1\n") for _sign in range(luck.randrange(6)))
        assert restore(neutralise(text)) == text


def test_the_marks_for_no_number_stay_readable():
    rows = [[NOT_APPLICABLE, "—", "-", "－", CLOSED]]
    assert csv_cells(write_csv("abcde", rows))[5:] == ["—", "—", "-", "－", "闭馆"]


@pytest.mark.checklist("C9")
def test_a_workbook_opens_after_every_character_there_is_was_stored():
    hurtful = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x202E, 0x1F600]))
    content = xlsx(Table(hurtful, [hurtful + "code", "V01"], [["x" + hurtful, 1]], footer=[hurtful]))
    assert [cell.value for cell in page(content)[2]] == ["x\t\n\r😀".replace("\r", "_x000D_"), 1]
    assert write_csv([hurtful], [["x" + hurtful]]).decode("utf-8-sig").count("😀") == 2


@pytest.mark.checklist("C9")
def test_a_text_longer_than_a_cell_is_cut_where_it_can_be_seen():
    for text in ("长" * 40_000, "😀" * 20_000, "=" * 32_767):
        cell = page(xlsx(Table("t", ["text"], [[text]])))["A2"].value
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767
        assert cell[-1] == "…"


def test_csv_is_what_excel_expects():
    content = write_csv(["编码", "名称", "V01"], [["00101", '分馆, "一"', 12], ["00102", None, Decimal("1.50")]])
    assert content == '\ufeff编码,名称,V01\r\n00101,"分馆, ""一""",12\r\n00102,,1.50\r\n'.encode()


def test_every_value_is_written_by_its_own_type():
    moment = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
    row = [1, 1.5, Decimal("2.25"), date(2026, 10, 31), moment, True, None, float("nan"), -3, 10**18, "00101"]
    headers = [f"V{number}" for number in range(len(row))]
    cells = page(xlsx(Table("t", headers, [row])))[2]
    assert [cell.value for cell in cells] == [
        1,
        1.5,
        2.25,
        datetime(2026, 10, 31),
        "2026-11-01 00:30",
        "yes",
        None,
        None,
        -3,
        str(10**18),
        "00101",
    ]
    assert csv_cells(write_csv(headers, [row]))[len(row) :] == [
        *["1", "1.5", "2.25", "2026-10-31", "2026-11-01 00:30", "yes", "", "", "-3", str(10**18), "00101"]
    ]


def test_a_sheet_is_ready_for_the_screen_and_for_paper():
    columns = [Column("code", as_text=True), "name", Column("level", choices=["central", "branch"])]
    sheet = page(xlsx(Table("成员馆", columns, [["00101", "佛山市图书馆祖庙路分馆", "branch"]], footer=["填表人："])))
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == (
        "成员馆",
        "A2",
        "A1:C2",
        "$1:$1",
    )
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert (sheet["A1"].font.b, sheet["A2"].number_format, sheet["A4"].value) == (True, "@", "填表人：")
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABC"] == [8, 25, 9]
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"central,branch"']


def test_titles_of_sheets_are_made_fit():
    tables = [
        Table(title, ["a"], [[1]]) for title in ("a/b:c?[1]*\\", "A B C  1", "长" * 40, "长" * 40, "", "'", "History")
    ]
    titles = openpyxl.load_workbook(io.BytesIO(xlsx(*tables))).sheetnames
    assert titles == ["a b c  1", "A B C  1 2", "长" * 31, "长" * 29 + " 2", "Sheet", "Sheet 2", "History_"]


def test_a_table_goes_out_and_comes_in_unchanged():
    rows = [["00101", "佛山市图书馆", 0, 2.5, date(2026, 10, 31), None, "—"], ["00102", "=分馆", 12, 1, None, "x", "-"]]
    sheet = read_sheet(xlsx(Table("成员馆", list("abcdefg"), rows)), name="a.xlsx")
    assert (sheet.title, [list(row.cells.values()) for row in sheet.rows]) == ("成员馆", rows)


def test_an_empty_table_is_still_a_workbook():
    assert page(xlsx(Table("t", ["code"], [])))["A1"].value == "code"
