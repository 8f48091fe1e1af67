"""A number format is read as Excel shows it, or not at all."""

from datetime import datetime

import pytest

from fsul_portal.sheets.workbooks.formats import moment_shown, number_shown

ACCOUNTING = '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (12, "0000", "0012"),
        (75786330001, '0000"-"00000000', "0757-86330001"),
        (13812345678, "000 0000 0000", "138 1234 5678"),
        (44, "00-00", "00-44"),
        (0, '0;-0;"—"', "—"),
        (0, "0;-0;", ""),
        (0, "#", ""),
        (0, ACCOUNTING, " -   "),
        (1234, ACCOUNTING, " 1,234 "),
        (-1234, ACCOUNTING, " (1,234)"),
        (12345, r'0\.0,"万"', "1.2万"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0,", "1,235"),
        (0.125, "0.0%", "12.5%"),
        (5, '0"册"', "5册"),
        (1.5, 'General"册"', "1.5册"),
        (-5, "0", "-5"),
        (-5, "0;0", "5"),
        (5, ";;;", ""),
        (3.14159, "0.0#", "3.14"),
        (3.1, "0.0#", "3.1"),
        (2.5, "0", "3"),
        (12, "[Red]0", "12"),
        (12, '[$¥-804]0"元"', "¥12元"),
        (3, "[>2]0", None),
        (12.5, "# ?/?", None),
        (12.5, "0.00E+00", None),
        (12, "[DBNum1]0", None),
        (12, "yyyy", None),
    ],
)
def test_a_number_is_shown_as_its_format_says(number, code, seen):
    assert number_shown(number, code) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ('yyyy"年"m"月"', ("2026年10月", False)),
        ("yyyy年m月d日", ("2026年10月3日", False)),
        ('m"月"d"日"', ("10月3日", False)),
        ("[$-804]yyyy/m/d;@", ("2026/10/3", False)),
        ("yyyy-mm-dd hh:mm:ss", ("2026-10-03 14:05:09", True)),
        ("h:mm", ("14:05", True)),
        ("mm:ss", ("05:09", True)),
        ("d-mmm", ("3-Oct", False)),
        ("yyyy.mm", ("2026.10", False)),
        ("aaaa", None),
        ("h:mm AM/PM", None),
        ("[h]:mm", None),
        ("dddd", None),
    ],
)
def test_a_moment_is_shown_as_its_format_says(code, seen):
    assert moment_shown(datetime(2026, 10, 3, 14, 5, 9), code) == seen
