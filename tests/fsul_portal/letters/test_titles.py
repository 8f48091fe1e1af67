"""Hold how titles are broken: words stay whole, the lines stand as a trapezium or a rhombus."""

import pytest

from fsul_portal.letters.typeset.titles import broken, width

LONGEST = 20


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("成员馆变更备案表", ("成员馆变更备案表",)),
        (
            "关于召开佛山市联合图书馆专业委员会2026年第2次联席会议的通知",
            ("关于召开佛山市联合图书馆专业委员会", "2026年第2次联席会议的通知"),
        ),
        (
            "关于商请协助开展联合图书馆通借通还物流线路调整工作的函",
            ("关于商请协助开展联合图书馆", "通借通还物流线路调整工作的函"),
        ),
        (
            "关于印发《佛山市联合图书馆成员馆新增、撤销、搬迁备案办法（试行）》和《佛山市联合图书馆成员馆考评办法》的通知",
            (
                "关于印发《佛山市联合图书馆成员馆",
                "新增、撤销、搬迁备案办法（试行）》和",
                "《佛山市联合图书馆成员馆考评办法》的通知",
            ),
        ),
    ],
)
def test_a_title_is_broken_where_its_words_end(title, lines):
    assert broken(title, LONGEST) == lines


@pytest.mark.parametrize("length", range(1, 130, 7))
@pytest.mark.parametrize("text", ["书", "馆会", "第12号，", "（试行）", "FSUL-BA-2026-0001"])
def test_nothing_is_lost_and_no_line_is_too_long(text, length):
    title = (text * length)[:length]
    lines = broken(title, LONGEST)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= LONGEST


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    for size in range(21, 60):
        lines = broken("甲" * (size - 12) + "乙（丙），丁《戊》。", LONGEST)
        assert [line for line in lines if line[0] in "）），。》" or line[-1] in "（《"] == []


def test_three_lines_are_never_narrow_in_the_middle():
    for size in range(41, 61):
        first, middle, last = map(width, broken("书" * size, LONGEST))
        assert middle >= min(first, last)
