"""A measure is a line with its limit, and the last line says how many are within."""

import pytest

from ops.limits import Measure, Ratio, ratio, tell

QUICK = ratio("import against a plain write", "1.5 s against 0.6 s", 0.404, 0.40, at_least=True)
SLOW = ratio("page, many against few", "9 queries against 8", 1.125, 1)


@pytest.mark.parametrize(
    ("measure", "line"),
    [
        (Measure("lines", 50, 50), "lines: 50, limit 50 ok"),
        (Measure("lines", 50.5, 50), "lines: 50.5, limit 50 falls short"),
        (Measure("tests", 1, 1.0, at_least=True), "tests: 1, limit 1 ok"),
        (Measure("tests", 0.99, 1.0, at_least=True), "tests: 0.99, limit 1 falls short"),
        (QUICK, "import against a plain write: 1.5 s against 0.6 s, ratio 0.40 (limit 0.4) ok"),
        (SLOW, "page, many against few: 9 queries against 8, ratio 1.12 (limit 1) falls short"),
    ],
)
def test_a_measure_is_a_line_with_its_limit(measure, line):
    assert str(measure) == line


def test_a_line_never_calls_short_what_it_shows_to_be_within():
    assert str(ratio("time", "2.004 s against 2 s", 1.004, 1)) == "time: 2.004 s against 2 s, ratio 1.00 (limit 1) ok"


@pytest.mark.parametrize(
    ("measures", "last", "status"),
    [([QUICK], "1 of 1 within their limits", 0), ([SLOW, QUICK], "1 of 2 within their limits", 1)],
)
def test_the_last_line_counts_and_the_status_tells(measures, last, status, capsys):
    assert tell(iter(measures)) == status
    assert capsys.readouterr().out.splitlines() == [*map(str, measures), last]


def test_a_ratio_is_what_is_held_to_the_limit():
    assert (QUICK, QUICK.is_within) == (
        Ratio("import against a plain write", 0.40, 0.40, True, measured="1.5 s against 0.6 s"),
        True,
    )
