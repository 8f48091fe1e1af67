"""What a person sees in Excel or WPS is what is read; what he does not see is asked or told."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import override

from fsul_portal.sheets import BadCell, SheetRefused, SheetUnclear, Shown, cells, mark_errors, read_sheet
from fsul_portal.sheets.cells import NOT_APPLICABLE
from tests.fsul_portal.hostile import HEADER, MAIN, packed, parts, sheet_xml

HEADINGS = ("library_code", "period", "V01", "L01")


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def workbook(fill):
    """Write a workbook; `fill` is given the book and its first sheet, which has the headings."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, HEADINGS)
        fill(book, page)
    return out.getvalue()


def read(content, **words):
    return read_sheet(content, name="a.xlsx", **words)


def lines(sheet):
    return [list(row.line) for row in sheet.rows]


def sentences(sheet):
    return [(note.kind, note.sentence) for note in sheet.notes]


def complaint(reader, value):
    with pytest.raises(BadCell) as caught:
        reader(value)
    return str(caught.value)


def question(content, **words):
    with pytest.raises(SheetUnclear) as caught:
        read(content, **words)
    return caught.value


# Characters which are seen apart


def rich(*runs):
    return "".join(f"<r>{f'<rPr><{look}/></rPr>' if look else ''}<t>{text}</t></r>" for look, text in runs)


def rich_cell(*runs, shared=False):
    """Make a workbook whose cell B2 holds runs of text, within the cell or among the shared texts."""
    cell = '<c r="B2" t="s"><v>0</v></c>' if shared else f'<c r="B2" t="inlineStr"><is>{rich(*runs)}</is></c>'
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>NH002</t></is></c>{cell}</row>'
    strings = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>{rich(*runs)}</si></sst>'} if shared else {}
    return packed({**parts(HEADER + row), **strings})


@pytest.mark.parametrize("shared", [False, True], ids=["in the cell", "shared"])
@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        ((("", "5900"), ('vertAlign val="superscript"', "1")), "5900¹"),
        ((("", "5900"), ('vertAlign val="subscript"', "2")), "5900₂"),
        ((("", "5900"), ('vertAlign val="superscript"', "1)")), "5900¹⁾"),
        ((('vertAlign val="superscript"', "*"), ("", "5900")), "⃰5900"),
        ((("strike", "59"), ("", "5800")), "5\u03369\u03365800"),
    ],
)
def test_what_is_raised_lowered_or_struck_makes_no_number(runs, seen, shared):
    value = read(rich_cell(*runs, shared=shared)).rows[0].cells["V01"]
    assert value == seen
    sentence = f"“{seen}” is not a number. Write digits only, without a unit or a footnote."
    assert complaint(cells.count, value) == sentence


@pytest.mark.parametrize("look", ["b", 'vertAlign val="baseline"', 'strike val="0"', 'sz val="9"'])
def test_runs_that_stand_on_one_line_are_one_number(look):
    assert cells.count(read(rich_cell(("", "59"), (look, "00"))).rows[0].cells["V01"]) == 5900


TWO_NUMBERS = "“{}” could be two numbers. Write one number, digits only."


@pytest.mark.parametrize(
    "typed", ["4 5", "2\n3", "59 00", "1 2345", "1234 567", "12\t345", "1\n234", "1 234\u00a0567", "1 234 56", "1  234"]
)
def test_two_figures_in_a_cell_never_become_one(typed):
    assert complaint(cells.count, typed) == TWO_NUMBERS.format(typed)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f", "\u2007", "　"])
def test_blanks_between_groups_of_three_digits_are_understood(blank):
    assert cells.count(f"1{blank}234{blank}567") == 1_234_567
    assert cells.decimal(f"-12{blank}345.5") == Decimal("-12345.5")


@pytest.mark.parametrize("typed", ["59\u200b00", "\ufeff5900", "5900\u00ad", "\u200e5900"])
def test_signs_which_nobody_sees_do_not_part_a_number(typed):
    assert cells.count(typed) == 5900


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.13123456E2", "113.123456"), ("1.5e-1", "0.15"), ("1E5", "100000"), ("－2.5e+2", "-250"), ("−3", "-3")],
)
def test_numbers_with_an_exponent_are_read(typed, number):
    assert cells.decimal(typed) == Decimal(number)


def test_a_number_which_excel_has_rounded_for_show_is_refused():
    assert complaint(cells.count, "1.23457E+11") == "“1.23457E+11” has been rounded. Write all digits of the number."


NOTHING = "A program has written a word for “nothing” here. Leave the cell empty, or write —."


@pytest.mark.parametrize("word", ["None", "nan", "NaN", "NaT", "null", "NULL", "<NA>", "undefined"])
@pytest.mark.parametrize(
    "reader", [cells.count, cells.decimal, cells.code, cells.date, cells.period, lambda value: cells.choice(value, {})]
)
def test_no_sentence_repeats_a_word_of_programs(reader, word):
    assert complaint(reader, word) == NOTHING


@pytest.mark.parametrize("value", [None, "", " ", "\u3000"])
def test_an_empty_period_is_called_empty(value):
    assert complaint(cells.period, value) == "This cell may not be empty."


# Number formats


def formatted(value, number_format):
    """Give a cell of one value under one number format, as it is read."""

    def fill(book, page):
        page.write(1, 0, "NH002")
        write = page.write_datetime if isinstance(value, date) else page.write_number
        write(1, 2, value, book.add_format({"num_format": number_format}))

    return read(workbook(fill)).rows[0].cells["V01"]


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [(12, "0000", "0012"), (1, '"NH"000', "NH001"), (440605, "0", "440605"), (440605, "#,##0", "440605")],
)
def test_a_code_keeps_the_zeros_of_its_number_format(value, number_format, code):
    assert cells.code(formatted(value, number_format)) == code


def test_a_phone_is_read_as_its_format_shows_it():
    assert cells.text(formatted(75786330001, '0000"-"00000000')) == "0757-86330001"


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (12, "0000"),
        (1234, "#,##0"),
        (1234, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'),
        (1234, '#,##0"人次"'),
        (1234.0, "0.00"),
        (0, "0000"),
        (1234, "[Red]0"),
        (1234, "[>2]0"),
    ],
)
def test_a_figure_is_taken_where_its_format_says_the_same_number(value, number_format):
    assert cells.count(formatted(value, number_format)) == value


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (0, '0;-0;"—"', "—"),
        (0, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
        (0, "0;-0;", ""),
        (5, ";;;", ""),
        (12345, r'0\.0,"万"', "1.2万"),
        (12345, "#,##0,", "12"),
        (5, '"闭馆"', "闭馆"),
        (5, "0%", "500%"),
        (5, '0"."0', "0.5"),
    ],
)
def test_a_figure_whose_format_says_something_else_is_refused(value, number_format, seen):
    assert complaint(cells.count, formatted(value, number_format)) == (
        f"The cell shows “{seen}” and holds {value}. Set the format of the cell to General and look again."
    )


def test_zeros_that_the_whole_sheet_hides_are_refused():
    def fill(_book, page):
        page.hide_zero()
        page.write_row(1, 0, ["NH002", "2026-10", 0, 7])

    assert lines(read(workbook(fill))) == [["NH002", "2026-10", Shown(0, ""), 7]]


DAY = date(2026, 10, 3)


@pytest.mark.parametrize(
    ("number_format", "seen"),
    [
        ("yyyy-mm-dd", "2026-10-03"),
        ("yyyy/m/d", "2026/10/3"),
        ('yyyy"年"m"月"d"日"', "2026年10月3日"),
        ('m"月"d"日"', "10月3日"),
        ("d-mmm", "3-Oct"),
    ],
)
def test_a_date_in_a_column_of_texts_is_read_as_it_is_seen(number_format, seen):
    value = formatted(DAY, number_format)
    assert (cells.text(value), cells.date(value)) == (seen, DAY)
    assert complaint(cells.code, value).startswith("Excel has turned this code into a date.")
    assert complaint(cells.count, value).startswith("Excel has turned this number into a date.")


@pytest.mark.parametrize(
    ("number_format", "period"), [('yyyy"年"m"月"', "2026-10"), ("yyyy-mm", "2026-10"), ("yyyy", "2026")]
)
def test_a_period_is_the_month_that_is_seen(number_format, period):
    assert cells.period(formatted(DAY, number_format)) == period


def test_a_workbook_of_1904_means_the_same_days():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["name", "opened_on", "closed_on", "seats"])
        page.write_datetime(1, 1, DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(1, 2, [46298 - 1462, 46298 - 1462])
    sheet = read(out)
    line = sheet.rows[0].cells
    assert [cells.date(line["opened_on"]), cells.date(line["closed_on"]), cells.count(line["seats"])] == [
        DAY,
        DAY,
        44836,
    ]
    assert sentences(sheet) == [("calendar", "The workbook counts its days from 1904; they were read so.")]


# Merged cells


def merged(*ranges, rows):
    def fill(_book, page):
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
        for place, value in ranges:
            page.merge_range(place, value)

    return read(workbook(fill))


ROWS = [["NH002", "", 5900, 2200], ["CC002", "", 5800, 2100], ["CC003", "2026-09", 5700, 2000]]


@pytest.mark.parametrize("value", ["2026-11", 202611])
def test_a_merged_period_holds_for_each_of_its_rows(value):
    sheet = merged(("B2:B3", value), rows=ROWS)
    assert [cells.period(row.cells["period"]) for row in sheet.rows] == ["2026-11", "2026-11", "2026-09"]
    assert sentences(sheet) == [("merged", "Cells are merged: what stands in them was read for each of their rows.")]


def test_a_merged_figure_may_be_a_sum_and_is_refused_in_each_of_its_rows():
    sheet = merged(("C2:C3", 11700), rows=ROWS)
    assert [complaint(cells.count, row.cells["V01"]) for row in sheet.rows[:2]] == [
        "“11700” stands in merged cells. Split them, and write each row its own."
    ] * 2
    across = merged(("C2:D2", 8100), rows=ROWS)
    assert complaint(cells.count, across.rows[0].cells["V01"]).startswith("“8100” stands in merged cells.")
    assert across.rows[0].cells["L01"] is None


def test_a_merged_mark_holds_for_all_its_cells():
    sheet = merged(("C2:D3", "—"), rows=ROWS)
    assert [cells.count(row.cells[code]) for row in sheet.rows[:2] for code in ("V01", "L01")] == [NOT_APPLICABLE] * 4


def test_merged_cells_around_the_table_are_nothing():
    sheet = merged(("F1:G9", ""), ("A6:D9", ""), rows=ROWS)
    assert (lines(sheet)[2], sheet.notes) == (["CC003", "2026-09", 5700, 2000], [])


# What is hidden


def hidden_row(_book, page):
    for number, code in enumerate(("NH002", "NH003", "CC002"), 1):
        page.write_row(number, 0, [code, "2026-11", number, number])
    page.autofilter("A1:D4")
    page.set_row(2, options={"hidden": True})


def hidden_column(_book, page):
    page.write_row(1, 0, ["NH002", "2026-11", 1, 2])
    page.set_column("C:C", None, None, {"hidden": True})


def test_hidden_rows_are_asked_and_either_answer_is_told():
    content = workbook(hidden_row)
    asked = question(content)
    assert (asked.keyword, [choice.value for choice in asked.choices], asked.sentence) == (
        "hidden",
        ["read", "skip"],
        "Hidden rows: 3. Show them and send the file again, or say whether they are meant.",
    )
    assert [str(choice) for choice in asked.choices] == ["Read them too", "Leave them out"]
    assert asked.options == "--hidden read | --hidden skip"
    taken, skipped = read(content, hidden="read"), read(content, hidden="skip")
    assert ([row.number for row in taken.rows], sentences(taken)) == (
        [2, 3, 4],
        [("hidden", "Hidden rows were read: 3.")],
    )
    assert ([row.number for row in skipped.rows], sentences(skipped)) == (
        [2, 4],
        [("hidden", "Hidden rows were not read: 3.")],
    )


def test_hidden_columns_are_asked_and_either_answer_is_told():
    content = workbook(hidden_column)
    assert question(content).sentence.startswith("Hidden columns: V01. Show them and send the file again,")
    taken, skipped = read(content, hidden="read"), read(content, hidden="skip")
    assert (taken.headers, lines(taken)) == (list(HEADINGS), [["NH002", "2026-11", 1, 2]])
    assert (skipped.headers, lines(skipped), skipped.skipped) == (
        ["library_code", "period", "L01"],
        [["NH002", "2026-11", 2]],
        ["V01"],
    )
    assert sentences(skipped) == [("hidden", "Hidden columns were not read: V01.")]


@pytest.mark.parametrize("tag", ['<row r="2" ht="0" customHeight="1">', '<row r="2" hidden="true">'])
def test_a_row_of_no_height_is_hidden_too(tag):
    row = tag + '<c r="A2"><v>1</v></c></row>'
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>V01</t></is></c></row>'
    assert question(packed(parts(header + row))).keyword == "hidden"


def test_what_is_hidden_and_empty_is_nothing():
    def fill(_book, page):
        page.write_row(1, 0, ["NH002", "2026-11", 1])
        page.set_row(5, options={"hidden": True})
        page.set_column("D:H", None, None, {"hidden": True})

    assert read(workbook(fill)).notes == []


# Sheets


def sheets(*tables):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title, rows in tables:
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


TABLE = [HEADINGS, ["NH002", "2026-11", 1, 2]]
OTHER = [HEADINGS, ["CC002", "2026-11", 3, 4]]
NOTE = [["填表说明"], ["请填写第二张表"]]


def test_the_sheet_with_the_headings_is_read_and_the_others_are_named():
    sheet = read(sheets(("说明", NOTE), ("数据", TABLE), ("备忘", NOTE)), headings=HEADINGS)
    assert (sheet.title, sheet.unread, lines(sheet)) == ("数据", ["说明", "备忘"], [["NH002", "2026-11", 1, 2]])
    assert sentences(sheet) == [
        ("sheet", "The sheet “数据” was read: it has the headings."),
        ("unread", "These sheets were not read: 说明、备忘."),
    ]


def test_a_first_sheet_of_nothing_is_passed_over():
    sheet = read(sheets(("Sheet1", []), ("Sheet2", [[" "], [None, " "]]), ("数据", TABLE)))
    assert (sheet.title, sheet.unread) == ("数据", [])


@pytest.mark.parametrize("headings", [(), HEADINGS], ids=["any headings", "known headings"])
def test_two_tables_are_asked_and_a_named_one_is_read(headings):
    content = sheets(("南海", TABLE), ("禅城", OTHER))
    asked = question(content, headings=headings)
    assert (asked.keyword, [choice.value for choice in asked.choices]) == ("sheet", ["南海", "禅城"])
    assert asked.choices[1].lines == ("library_code | period | V01 | L01", "CC002 | 2026-11 | 3 | 4")
    assert asked.sentence == ("The workbook has several tables: 南海、禅城. Say which one is meant.")
    sheet = read(content, headings=headings, sheet="禅城")
    assert (lines(sheet), sentences(sheet)) == (
        [["CC002", "2026-11", 3, 4]],
        [("unread", "These sheets were not read: 南海.")],
    )


def test_a_sheet_that_is_never_meant_is_not_asked_about():
    sheet = read(sheets(("填报", TABLE), ("上月", OTHER)), headings=HEADINGS, aside=["上月"])
    assert (sheet.title, sheet.unread) == ("填报", ["上月"])


def test_headings_without_rows_are_no_second_table():
    assert read(sheets(("南海", TABLE), ("禅城", [HEADINGS])), headings=HEADINGS).title == "南海"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(SheetRefused) as caught:
        read(sheets(("南海", TABLE), ("禅城", OTHER)), sheet="顺德")
    assert str(caught.value) == "The workbook has no visible sheet “顺德”. Its sheets are: 南海、禅城."
    with pytest.raises(SheetRefused) as caught:
        read_sheet(b"code\nNH001\n", name="a.csv", sheet="南海")
    assert str(caught.value) == "A text file has no sheets. Leave the name of the sheet out."


def test_a_table_that_cannot_be_read_is_not_passed_over_for_another():
    book = openpyxl.Workbook()
    for row in (HEADINGS, ["NH002", "2026-11", "=1+1", 2]):
        book.active.append(row)
    book.create_sheet("notes").append(["something else"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SheetRefused) as caught:
        read(out)
    assert str(caught.value).startswith("Cell C2 holds a formula without a result.")


# Small things of other programs


def test_cells_of_blanks_are_empty():
    def fill(_book, page):
        page.write_row(1, 0, ["NH002", " ", 1, "\u3000\u00a0"])
        page.write_string(1, 7, " ")
        page.write_row(2, 0, [" ", "\u200b", "\n"])

    assert lines(read(workbook(fill))) == [["NH002", None, 1, None]]


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        ("xl/SharedStrings.xml", "xl/sharedStrings.xml"),
        ("xl/worksheets/Sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("XL/Workbook.xml", "xl/workbook.xml"),
        ("[content_types].xml", "[Content_Types].xml"),
        ("xl/STYLES.xml", "xl/styles.xml"),
    ],
)
def test_the_parts_of_a_package_are_found_in_any_case(stored, named):
    row = '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    strings = f'<sst xmlns="{MAIN}"><si><t>NH002</t></si></sst>'
    members = {**parts(), "xl/worksheets/sheet1.xml": sheet_xml(parts_header() + row), "xl/sharedStrings.xml": strings}
    assert lines(read(packed({stored if name == named else name: text for name, text in members.items()}))) == [
        ["NH002"]
    ]


def parts_header():
    return '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;\t"])
def test_a_first_line_that_names_the_separator_is_no_row(first):
    sheet = read_sheet(f"\ufeff{first}\r\ncode;V01\r\nNH002;1,5\r\n".encode(), name="a.csv")
    assert (sheet.headers, lines(sheet), sheet.rows[0].number) == (["code", "V01"], [["NH002", "1,5"]], 2)


def test_a_separator_of_its_own_is_used():
    assert lines(read_sheet(b"sep=|\ncode|V01\nNH002|1\n", name="a.csv")) == [["NH002", "1"]]


# The marked workbook


def marked(content, name="a.xlsx", **words):
    out = io.BytesIO()
    mark_errors(content, [], out, name=name, **words)
    return read_sheet(out, name="a.xlsx")


def test_the_marked_workbook_is_that_of_the_sheet_and_the_encoding_which_were_named():
    assert lines(marked(sheets(("南海", TABLE), ("禅城", OTHER)), sheet="禅城")) == [["CC002", "2026-11", 3, 4]]
    assert len(marked(workbook(hidden_row), hidden="skip").rows) == 2
    korean = "code,name\nNH001,도서관\n".encode("euc-kr")
    assert lines(marked(korean, name="a.csv", encoding="euc-kr")) == [["NH001", "도서관"]]


def test_the_marked_workbook_shows_what_the_sent_one_showed():
    def fill(book, page):
        page.write(1, 0, 12, book.add_format({"num_format": "0000"}))
        page.write_datetime(1, 1, DAY, book.add_format({"num_format": "yyyy/m/d"}))
        page.write(1, 2, 0, book.add_format({"num_format": '0;-0;"—"'}))

    assert lines(marked(workbook(fill))) == [["0012", DAY, "—", None]]


def test_a_merged_figure_is_not_split_in_silence_by_the_marked_workbook():
    def fill(_book, page):
        page.write_row(1, 0, ["NH002", "2026-10", "", 1])
        page.write_row(2, 0, ["NH003", "2026-10", "", 2])
        page.merge_range("C2:C3", 11700)

    assert [row.cells["V01"] for row in marked(workbook(fill)).rows] == ["11700 (merged)"] * 2
