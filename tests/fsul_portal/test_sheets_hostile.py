"""No file stops the portal: each is refused with a sentence, or read, in little time and little memory."""

import pytest

from tests.fsul_portal import hostile

SECONDS = 30
MEGABYTES = 300
DAMAGED = "The workbook is damaged. Open it in Excel or WPS, save it as .xlsx and send it again."
TOO_BIG = "The workbook is too big when unpacked. Delete the empty rows and columns around your table, or split it."
ENTITIES = "The workbook declares entities of its own, which no office program does. It is not read."
NO_WORKBOOK = "This is not an Excel workbook. Save the table as .xlsx or as CSV and send it again."
PASSWORD = "The file is protected by a password. Remove the password and send it again."
COLUMNS = "The sheet has more than 300 columns."
ROWS = "The table has more than 120000 rows. Split it into several files."
UNCERTAIN = (
    "Row 2, column A: it is not certain in which encoding this text was written. Save the file as CSV (UTF-8), or say"
    " which encoding shows the words right."
)

OUTCOMES = {
    hostile.a_gigabyte_of_one_letter: TOO_BIG,
    hostile.zips_in_a_zip: NO_WORKBOOK,
    hostile.a_million_rows: ROWS,
    hostile.a_million_empty_rows: "read 1 rows",
    hostile.one_cell_in_the_last_corner: COLUMNS,
    hostile.one_cell_in_the_last_row: ROWS,
    hostile.a_file_of_this_machine: ENTITIES,
    hostile.a_billion_laughs: ENTITIES,
    hostile.macros: "The workbook contains macros. Save it as .xlsx, without macros, and send it again.",
    hostile.a_password: PASSWORD,
    hostile.an_old_excel_file: "This is an old Excel file (.xls). Save it as .xlsx and send it again.",
    hostile.half_a_file: DAMAGED,
    hostile.wrong_content_types: NO_WORKBOOK,
    hostile.all_columns: COLUMNS,
    hostile.sizes_that_lie: DAMAGED,
    hostile.a_way_out: DAMAGED,
    hostile.a_member_twice: DAMAGED,
    hostile.an_external_link: (
        "The workbook takes values from other workbooks. Break these links in Excel and send it again."
    ),
    hostile.a_web_page: "This is a web page or an XML file, not a table. Save it as .xlsx and send it again.",
    hostile.zeros_in_text: "Row 2, column B holds a control character. Delete it, and send the file again.",
    hostile.a_line_too_long_to_upload: "The file is bigger than 20 MB.",
    hostile.a_long_line: "The file has a line of more than two million characters. It is not read.",
    hostile.nothing_but_commas: "The file has a line of more than two million characters. It is not read.",
    hostile.an_open_quotation: "Row 2 cannot be read: a quotation mark is not closed, or a cell is too long.",
    hostile.empty_lines: "The file has more lines than Excel can show. Delete the empty ones.",
    hostile.a_hundred_thousand_members: DAMAGED,
    hostile.a_deep_nest: DAMAGED,
    hostile.a_flood_of_names: DAMAGED,
    hostile.a_flood_of_attributes: DAMAGED,
    hostile.one_endless_tag: DAMAGED,
    hostile.one_endless_number: DAMAGED,
    hostile.a_date_format_of_brackets: "read 1 rows",
    hostile.styles_without_end: DAMAGED,
    hostile.text_without_end: "The table holds too much text. Split it into several files.",
    hostile.a_flood_of_merges: DAMAGED,
    hostile.merges_over_everything: DAMAGED,
    hostile.a_flood_of_hidden_columns: DAMAGED,
    hostile.two_hundred_sheets_of_empty_rows: "The sheet is empty.",
    hostile.a_text_in_no_language: UNCERTAIN,
    hostile.as_much_as_is_allowed: "read 120000 rows",
}


@pytest.mark.checklist("C5")
@pytest.mark.parametrize("make", OUTCOMES, ids=lambda make: make.__name__)
def test_a_hostile_file_costs_little_and_gets_a_sentence(make, tmp_path):
    path = tmp_path / "upload.xlsx"
    path.write_bytes(make())
    result = hostile.read_apart(path)
    path.unlink()
    assert result["outcome"] == OUTCOMES[make]
    assert result["seconds"] < SECONDS
    assert result["megabytes"] < MEGABYTES
