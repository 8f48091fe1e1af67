"""A cell is understood as it was meant, or its sender is told how to write it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy, override

from fsul_portal.sheets import BadCell, cells
from fsul_portal.sheets.cells import CLOSED, NOT_APPLICABLE


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def complaint(read, *arguments, **options):
    with pytest.raises(BadCell) as caught:
        read(*arguments, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (0, 0),
        (12, 12),
        (12.0, 12),
        ("0", 0),
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("１，２３４", 1234),
        ("１２３", 123),
        (" 1 234 ", 1234),
        ("1\u00a0234", 1234),
        ("　12　", 12),
        ("12.0", 12),
        ("007", 7),
        (10**12, 10**12),
        (None, None),
        ("", None),
        ("  ", None),
        ("　", None),
    ],
)
def test_a_count_is_understood_as_people_write_it(written, read):
    assert cells.count(written) == read


@pytest.mark.parametrize("written", ["—", "——", "-", "－", "–", "NA", "N/A", "n/a", "ＮＡ", "不适用", " 不适用 "])
def test_what_does_not_apply_is_neither_empty_nor_zero(written):
    assert cells.count(written) is NOT_APPLICABLE


@pytest.mark.parametrize("written", ["闭馆", "closed", "Closed", " 闭 馆 "])
def test_a_closed_library_says_so_in_the_place_of_a_number(written):
    assert cells.count(written) is CLOSED


NOTHING = "A program has written a word for “nothing” here. Leave the cell empty, or write —."
NO_NUMBER = "“{}” is not a number. Write digits only, without a unit or a footnote."


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1.2万", "Write the whole number: 12000 instead of 1.2万."),
        ("３千", "Write the whole number: 3000 instead of ３千."),
        ("2亿册", "Write the whole number: 200000000 instead of 2亿册."),
        ("-5", "A count may not be negative."),
        (-5, "A count may not be negative."),
        ("－５", "A count may not be negative."),
        (-1.0, "A count may not be negative."),
        ("12.5", "“12.5” is not a whole number."),
        (12.5, "“12.5” is not a whole number."),
        ("nan", NOTHING),
        ("None", NOTHING),
        (float("nan"), NOTHING),
        (float("inf"), NOTHING),
        ("-Infinity", NO_NUMBER.format("-Infinity")),
        ("1,23", "The comma in “1,23” does not separate thousands. Write digits only."),
        ("12册", NO_NUMBER.format("12册")),
        ("约100", NO_NUMBER.format("约100")),
        ("十二", NO_NUMBER.format("十二")),
        ("5²", NO_NUMBER.format("5²")),
        ("١٢", NO_NUMBER.format("١٢")),
        ("1_000", NO_NUMBER.format("1_000")),
        ("0x10", NO_NUMBER.format("0x10")),
        ("TRUE", NO_NUMBER.format("TRUE")),
        (True, NO_NUMBER.format("TRUE")),
        ("x" * 100, NO_NUMBER.format("x" * 40 + "…")),
        (10**12 + 1, "The number is larger than any that can be meant here."),
        (1e300, "The number is larger than any that can be meant here."),
        ("9" * 32_000, "The number is larger than any that can be meant here."),
        ("#REF!", "The cell shows the error #REF!. Mend the formula, or type the value."),
        ("#N/A", "The cell shows the error #N/A. Mend the formula, or type the value."),
        (date(2026, 3, 1), "Excel has turned this number into a date. Set the column to Number and type it again."),
    ],
)
def test_a_count_that_is_none_gets_a_sentence_of_its_own(written, sentence):
    assert complaint(cells.count, written) == sentence


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (101.0, "101"),
        (101, "101"),
        ("00101", "00101"),
        ("ＮＨ００１", "NH001"),
        (" NH 001 ", "NH 001"),
        (440605000000.0, "440605000000"),
        (None, ""),
    ],
)
def test_a_code_keeps_its_zeros_and_gets_no_point(written, read):
    assert cells.code(written) == read


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (1.5, "“1.5” is not a code. Set the column to Text and type the code again."),
        (4.406e17, "Excel has rounded this long code. Set the column to Text and type the code again."),
        (date(2026, 3, 1), "Excel has turned this code into a date. Set the column to Text and type the code again."),
        ("x" * 65, "The text has 65 characters; at most 64 are kept."),
    ],
)
def test_a_code_that_excel_has_changed_is_refused(written, sentence):
    assert complaint(cells.code, written) == sentence


def test_a_text_is_trimmed_and_has_an_end():
    assert cells.text("　南海\x00图书馆 \n") == "南海图书馆"
    assert [cells.text(value) for value in (None, 12, 12.0, date(2026, 10, 31))] == ["", "12", "12", "2026-10-31"]
    assert complaint(cells.text, "x" * 11, 10) == "The text has 11 characters; at most 10 are kept."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", Decimal("1234.50")),
        (0.1 + 0.2, Decimal("0.3")),
        ("-113.125", Decimal("-113.125")),
        ("２３．０２", Decimal("23.02")),
        (5, Decimal(5)),
        ("", None),
    ],
)
def test_a_decimal_is_what_excel_shows(written, read):
    assert cells.decimal(written) == read


def test_a_decimal_keeps_within_what_is_asked():
    assert complaint(cells.decimal, "-1", minimum=0) == "The number may not be less than 0."
    assert complaint(cells.decimal, "181", maximum=180) == "The number may not be more than 180."
    assert complaint(cells.decimal, "1.234", places=2) == "The number may have at most 2 decimal places."
    assert complaint(cells.decimal, "—") == "Write a number here, or leave the cell empty."
    assert cells.decimal("—", marks=True) is NOT_APPLICABLE
    assert cells.decimal("1.230", places=2) == Decimal("1.23")


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-31",
        "2026/10/31",
        "2026.10.31",
        "2026年10月31日",
        "２０２６年１０月３１日",
        "20261031",
        20261031,
        " 2026-10-31 ",
        "2026-10-31 00:00:00",
        46326,
        46326.0,
        "46326",
        date(2026, 10, 31),
    ],
)
def test_a_day_is_understood_as_people_write_it(written):
    assert cells.date(written) == date(2026, 10, 31)


def test_an_empty_day_is_none_and_a_short_one_is_understood():
    assert cells.date(" ") is None
    assert cells.date("2026/3/1") == date(2026, 3, 1)


@pytest.mark.parametrize(
    "written", ["31.10.2026", "10/31/2026", "2026", 2026, "昨天", "2026-10", 46326.5, "2026-10-31 08:30"]
)
def test_a_day_written_another_way_is_refused(written):
    assert complaint(cells.date, written) == f"“{written}” is not a date. Write it like 2026-10-31."


def test_a_day_that_never_was_is_refused():
    assert complaint(cells.date, "2026-02-30") == "There is no such day as “2026-02-30”."
    assert complaint(cells.date, "2026-13-01") == "There is no such day as “2026-13-01”."
    assert complaint(cells.date, "0206-10-31") == "The year of “0206-10-31” cannot be right."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03", "2025-03"),
        ("2025/3", "2025-03"),
        ("2025年3月", "2025-03"),
        ("March 2025", "2025-03"),
        ("mar. 2025", "2025-03"),
        ("Sept 2025", "2025-09"),
        ("202503", "2025-03"),
        (202503, "2025-03"),
        (date(2025, 3, 1), "2025-03"),
        ("2025", "2025"),
        (2025.0, "2025"),
        ("2025年", "2025"),
    ],
)
def test_a_period_is_a_month_or_a_year(written, read):
    assert cells.period(written) == read


@pytest.mark.parametrize("written", ["2025-13", "2025-00", "2025.1", 2025.1, "25-03", "3月", "1025", date(2026, 3, 25)])
def test_a_period_that_is_neither_is_refused(written):
    shown = written if written != date(2026, 3, 25) else "2026-03-25"
    assert complaint(cells.period, written) == f"“{shown}” is neither a month nor a year. Write 2025-03 or 2025."


def test_a_choice_is_found_in_any_case_and_width():
    levels = {"central": 1, "中心馆": 1, "branch": 3, "分馆": 3}
    assert [cells.choice(value, levels) for value in ("Branch", " ｂｒａｎｃｈ", "分馆", "", None)] == [
        3,
        3,
        3,
        None,
        None,
    ]
    assert complaint(cells.choice, "总馆", levels) == (
        "“总馆” is not known here. Write one of: central, 中心馆, branch, 分馆."
    )


def test_what_is_required_may_be_zero_but_not_empty():
    assert cells.required(0) == 0
    assert complaint(cells.required, "") == "This cell may not be empty."
    assert complaint(cells.required, None) == "This cell may not be empty."


def test_a_sentence_is_put_together_in_the_language_of_its_reader():
    refused = BadCell(gettext_lazy("Enter a whole number."))
    with override("zh-hans"):
        assert str(refused) == "请输入整数。"
    assert str(refused) == "Enter a whole number."
