"""A table is read as its sender sees it, or refused with a sentence that says what to do."""

import io
import random
import re
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import override

from fsul_portal.sheets import Limits, SheetRefused, Shown, read_sheet
from fsul_portal.sheets.spelling import bare
from tests.fsul_portal.hostile import HEADER, ROW, packed, parts, sheet_xml, workbook

ROWS = [["NH001", "南海图书馆", 12], ["NH002", "里水分馆", 0]]
HEADERS = ["code", "name", "V01"]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def xlsx(rows, **options):
    """Write rows as openpyxl does, which is not how our own writer does it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in options.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(content, name="a.xlsx"):
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, name=name)
    return str(caught.value)


def contents(sheet):
    return [[row.number, *row.cells.values()] for row in sheet.rows]


CSV_ROWS = [[2, "NH001", "南海图书馆", "12"], [3, "NH002", "里水分馆", "0"]]
CSV = "code,name,V01\nNH001,南海图书馆,12\nNH002,里水分馆,0\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_is_read_in_every_form_the_contract_names(ends, encoding, delimiter):
    content = CSV.replace("\n", ends).replace(",", delimiter).encode(encoding)
    sheet = read_sheet(content, name="libraries.csv")
    assert sheet.headers == HEADERS
    assert contents(sheet) == CSV_ROWS


def test_a_workbook_is_read_with_its_numbers_and_the_numbers_of_its_rows():
    sheet = read_sheet(io.BytesIO(xlsx([HEADERS, *ROWS])), name="libraries.xlsx")
    assert (sheet.headers, sheet.title, sheet.unread) == (HEADERS, "Sheet", [])
    assert contents(sheet) == [[2, *ROWS[0]], [3, *ROWS[1]]]
    assert sheet.rows[0].cells == {"code": "NH001", "name": "南海图书馆", "V01": 12}


def test_what_a_file_is_called_does_not_decide_what_it_is():
    assert read_sheet(CSV.encode(), name="libraries.xlsx").headers == HEADERS
    assert read_sheet(xlsx([HEADERS, *ROWS]), name="libraries.csv").headers == HEADERS


@pytest.mark.checklist("C7")
@pytest.mark.parametrize("name", ["a.xls", "a.XLSM", "a.csv.exe", "a.html", "路径/表.pdf"])
def test_a_name_that_promises_something_else_is_refused(name):
    ending = "." + name.rpartition(".")[2].lower()
    assert refusal(CSV.encode(), name) == (
        f"Files ending in {ending} are not read. Save the table as .xlsx or as CSV and send it again."
    )


def test_a_file_is_read_from_its_start():
    file = io.BytesIO(CSV.encode())
    file.read()
    assert read_sheet(file, name="a.csv").headers == HEADERS


def test_blank_rows_are_passed_over_and_keep_their_numbers():
    assert contents(read_sheet(b"code,V01\n\n  ,\nNH001,1\n,\n\n", name="a.csv")) == [[4, "NH001", "1"]]
    assert contents(read_sheet(xlsx([["code", "V01"], [], ["NH001", 1], []]), name="a.xlsx")) == [[3, "NH001", 1]]


def test_a_cell_with_line_breaks_counts_as_one_row():
    content = b'code,note\r\nNH001,"one\r\ntwo"\r\nNH002,three\r\n'
    assert contents(read_sheet(content, name="a.csv")) == [[2, "NH001", "one\ntwo"], [3, "NH002", "three"]]


def test_headings_are_trimmed_and_empty_columns_at_the_end_are_nothing():
    assert read_sheet(b" code ,V01,,\n1,2,,\n", name="a.csv").headers == ["code", "V01"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        (" \r\n ", "The file is empty."),
        (",,\n", "The sheet is empty."),
        ("\ncode,V01\n1,2\n", "Row 1 is empty. The headings of the columns must stand in row 1."),
        ("code,V01\n", "There are headings, but no rows below them."),
        ("code,V01\n,\n", "There are headings, but no rows below them."),
        ("code,,V01\n1,2,3\n", "Column B has no heading in row 1."),
        ("code,V01,code\n1,2,3\n", "The heading “code” stands twice: in columns A and C."),
        (
            "佛山市联合图书馆成员馆名单,,\ncode,name,V01\n1,2,3\n",
            "Row 1 has one heading only. Delete the title above the table: the headings must stand in row 1.",
        ),
        (
            "code,V01\nNH001,1,234\n",
            "Row 2 has a cell without a heading in column C. In CSV, a comma in a cell needs quotes.",
        ),
        ('code,V01\n"NH001,1\n', "Row 2 cannot be read: a quotation mark is not closed, or a cell is too long."),
        (f'code,V01\n"{"x" * 32_768}",1\n', "A cell holds more than 32767 characters."),
        (
            f'code,V01\n"{"x" * 200_000}",1\n',
            "Row 2 cannot be read: a quotation mark is not closed, or a cell is too long.",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_with_what_to_do(content, sentence):
    assert refusal(content.encode(), "a.csv") == sentence


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=2), "The table has more than 2 rows. Split it into several files."),
        (Limits(columns=1), "The sheet has more than 1 columns."),
        (Limits(cells=5), "The table has too many cells. Split it into several files."),
        (Limits(cell_text=3), "A cell holds more than 3 characters."),
        (Limits(held_text=200), "The table holds too much text. Split it into several files."),
    ],
)
def test_a_table_past_a_limit_is_refused(limits, sentence):
    content = b"code,V01\n1,2\n3,4\nfive,6\n"
    assert len(read_sheet(content, name="a.csv").rows) == 3
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, name="a.csv", limits=limits)
    assert str(caught.value) == sentence


def test_what_excel_writes_as_an_escape_is_read_as_what_it_means():
    text = "<is><t>one_x000D_\ntwo _x005F_x0041_ _x0007_</t></is>"
    row = f'<row r="2"><c r="A2" t="inlineStr">{text}</c></row>'
    assert contents(read_sheet(workbook(HEADER + row), name="a.xlsx")) == [[2, "one\ntwo _x0041_ ", None]]


@pytest.mark.checklist("C1")
def test_control_characters_do_not_pass():
    assert contents(read_sheet("code,name\nNH001,a\u202eb\n".encode(), name="a.csv")) == [[2, "NH001", "ab"]]
    for content, row, column in ((b"code,na\x07me\nNH001,a\n", 1, "B"), (b"code,V01\n1,2\n3,4\x00\n", 3, "B")):
        assert refusal(content, "a.csv") == (
            f"Row {row}, column {column} holds a control character. Delete it, and send the file again."
        )


# What other programs write


def numbers_of_excel(style, value):
    """Make a sheet with one number under a built-in style, as Chinese Excel does without a format code."""
    cell_styles = f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="{style}"/></cellXfs>'
    styles = f"<styleSheet>{cell_styles}</styleSheet>"
    row = f'<row r="2"><c r="A2" s="0"><v>{value}</v></c></row>'
    return packed({**parts(HEADER + row), "xl/styles.xml": styles})


@pytest.mark.parametrize(
    ("style", "value", "cell"),
    [
        (14, "46326", Shown(date(2026, 10, 31), "2026/10/31")),
        (31, "46326", Shown(date(2026, 10, 31), "2026年10月31日")),
        (57, "46326", Shown(date(2026, 10, 31), "2026年10月")),
        (14, "46326.5", Shown(date(2026, 10, 31), "2026/10/31")),
        (22, "46326.5", "2026/10/31 12:00"),
        (20, "0.5", "12:00"),
        (0, "46326", 46326),
        (1, "12.0", 12.0),
        (14, "99999999", 99999999),
        (9, "0.12", Shown(0.12, "12%")),
        (11, "1.2E+3", 1200.0),
        (0, "-5", -5),
    ],
)
def test_a_number_is_a_day_where_excel_shows_a_day(style, value, cell):
    assert contents(read_sheet(numbers_of_excel(style, value), name="a.xlsx")) == [[2, cell, None]]


def test_rich_text_is_read_without_its_reading_aid():
    text = "<is><r><t>佛</t></r><r><rPr><b/></rPr><t>山</t></r><rPh sb='0' eb='1'><t>foshan</t></rPh></is>"
    row = f'<row r="2"><c r="A2" t="inlineStr">{text}</c><c r="B2" t="e"><v>#REF!</v></c></row>'
    assert contents(read_sheet(workbook(HEADER + row), name="a.xlsx")) == [[2, "佛山", "#REF!"]]


def test_a_sheet_with_prefixes_and_without_addresses_is_read():
    xml = sheet_xml(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c t='b'><v>1</v></c><c t='str'><v>x</v></c></row>"
    )
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        xml = xml.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    xml = xml.replace("xmlns=", "xmlns:x=")
    sheet = read_sheet(packed({**parts(), "xl/worksheets/sheet1.xml": xml}), name="a.xlsx")
    assert (sheet.headers, contents(sheet)) == (["1", "2"], [[3, "TRUE", "x"]])


def test_the_first_visible_sheet_is_read_and_the_others_are_named():
    book = openpyxl.Workbook()
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    for title in ("libraries", "remarks"):
        book.create_sheet(title).append(["code"])
    book["libraries"].append(["NH001"])
    out = io.BytesIO()
    book.save(out)
    sheet = read_sheet(out, name="a.xlsx")
    assert (sheet.title, sheet.unread, contents(sheet)) == ("libraries", ["remarks"], [[2, "NH001"]])


def test_a_formula_gives_its_result_and_one_without_a_result_is_refused_by_its_address():
    row = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>'
    assert contents(read_sheet(workbook(HEADER + row), name="a.xlsx")) == [[2, 2, None]]
    assert refusal(xlsx([["code", "V01"], ["NH001", "=1+1"]])) == (
        "Cell B2 holds a formula without a result. Save the file in Excel or WPS, then send it."
    )


@pytest.mark.parametrize(
    "rows",
    [
        HEADER + ROW + ROW,
        HEADER + ROW.replace('r="2"', 'r="9999999999"'),
        HEADER + ROW.replace('r="2"', 'r="²"'),
        HEADER + ROW.replace("B2", "A2"),
        HEADER + ROW.replace("B2", "ZZZ2"),
        HEADER + ROW.replace("<v>12</v>", "<v>twelve</v>"),
        HEADER + ROW.replace('<c r="B2">', '<c r="B2" t="s">'),
        HEADER + ROW.replace("</row>", ""),
    ],
)
def test_a_sheet_no_program_writes_is_refused(rows):
    assert (
        refusal(workbook(rows))
        == "The workbook is damaged. Open it in Excel or WPS, save it as .xlsx and send it again."
    )


def test_a_file_of_another_program_is_refused_by_its_kind():
    assert refusal(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == (
        "This is not an Excel workbook. Save the table as .xlsx or as CSV and send it again."
    )


@pytest.mark.checklist("C5")
def test_whatever_bytes_are_mangled_there_is_a_sentence_and_no_error_of_ours():
    honest = xlsx([HEADERS, *ROWS])
    luck = random.Random(20261031)
    outcomes = set()
    for _turn in range(400):
        mangled = bytearray(honest)
        for _byte in range(luck.randrange(1, 6)):
            mangled[luck.randrange(len(mangled))] = luck.randrange(256)
        try:
            outcomes.add(type(read_sheet(bytes(mangled[: luck.randrange(100, len(mangled) + 4000)]), name="a.xlsx")))
        except SheetRefused as refused:
            outcomes.add(refused.sentence)
    assert len(outcomes) > 1


@pytest.mark.checklist("C5")
def test_whatever_tags_are_mangled_there_is_a_sentence_and_no_error_of_ours():
    honest = {name: text.encode() for name, text in parts().items()}
    luck = random.Random(20261031)
    outcomes = set()
    for _turn in range(400):
        name = luck.choice(sorted(honest))
        mangled = bytearray(honest[name])
        place = luck.randrange(len(mangled))
        mangled[place : place + luck.randrange(3)] = bytes(
            luck.randrange(32, 127) for _byte in range(luck.randrange(4))
        )
        try:
            outcomes.add(type(read_sheet(packed({**honest, name: bytes(mangled)}), name="a.xlsx")))
        except SheetRefused as refused:
            outcomes.add(refused.sentence)
    assert len(outcomes) > 1


def invented(luck):
    """Invent a cell of any kind that both libraries can write."""
    return luck.choice(
        [
            None,
            luck.randrange(-(10**12), 10**12),
            luck.random() * 1000,
            date(2026, 1, 1 + luck.randrange(30)),
            datetime(2026, 10, 31, luck.randrange(1, 24), 30),
            time(luck.randrange(24), 15),
            luck.choice(["佛山", " 两头 ", "a&b<c>", "1,234", "一\n二", "００１", '"', "𠮷"]),
        ]
    )


def as_judged(value):
    """Write a moment as the formats of both libraries show it."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat("seconds") if isinstance(value, time) else value


def as_ours(value):
    """Take what a cell holds, with two digits for the hour; xlsxwriter shows the day zero of Excel before a time."""
    plain = bare(value)
    return re.sub(r"(?<!\d)(\d:)", r"0\1", plain.removeprefix("1900-01-01 ")) if ":" in str(plain) else plain


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_we_read_what_openpyxl_reads(writer, tmp_path):
    luck = random.Random(writer)
    rows = [[f"V{number}" for number in range(12)], *([invented(luck) for _column in range(12)] for _row in range(200))]
    path = tmp_path / "a.xlsx"
    if writer == "openpyxl":
        path.write_bytes(xlsx(rows))
    else:
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    judged = openpyxl.load_workbook(path, data_only=True).active.iter_rows(min_row=2, values_only=True)
    expected = [[number, *map(as_judged, row)] for number, row in enumerate(judged, 2) if any(row)]
    ours = [[row.number, *map(as_ours, row.line)] for row in read_sheet(path.read_bytes(), name="a.xlsx").rows]
    assert ours == expected
