"""Show each check with figures that it passes and figures that it does not (6.2.1 j)."""

import json
import time
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from members.indicators.dictionary import FIRST_INDICATORS
from members.returns.checks import (
    KINDS,
    PARTS,
    Case,
    Finding,
    Past,
    check,
    firsts,
    odd,
    rules,
    standard,
    unanswered,
    usual,
)
from members.returns.checks.kinds import asks
from members.returns.checks.models import CheckRow
from members.returns.checks.peers import Others
from members.returns.checks.rows import Row
from members.returns.due.expected import OUTSIDE, Standing
from tests.members.returns.figures import SOUND, sound

OPEN = Standing(belongs=True, serving=True, is_open=True, interrupted=False)
CLOSED = Standing(belongs=True, serving=False, is_open=False, interrupted=True)
INTERRUPTED = Standing(belongs=True, serving=True, is_open=False, interrupted=True)
RULE = {"case": Case, "row": Row, "return": Iterator[Finding]}
POINT = Standing(True, True, True, False, level="point", kind="读书驿站", area=Decimal(60))


KINDS_OF_EVENTS = Row(CheckRow.Kind.PARTS, ("E01", "E03", "E04", "E05", "E06"), blocks=True)
STOCK = Row(CheckRow.Kind.BALANCE, ("C01", "+C03"), blocks=True)
HOURS = Row(CheckRow.Kind.HOURS, ("N06", "N05"), blocks=True)
PER_VISIT = Row(CheckRow.Kind.RATIO, ("L05", "V01"), 1)


class Alike:
    """Stand for eight libraries that all had the same."""

    def __init__(self, usual):
        self.usual = usual

    def others(self, level, kind, area, code, spreads):
        return Others(self.usual, 5 * self.usual, 8) if code == "V01" else None


def case(standing=OPEN, days=31, is_year=False, rows=None, peers=None, **figures):
    """Return a case; what is known of the past is named before the figures: `before`, `year_ago`, `recent`, …"""
    known = {
        name: figures.pop(name)
        for name in ("before", "year_ago", "closing", "crossed", "recent", "same")
        if name in figures
    }
    known["closing"] = known.get("closing") or known.get("before")
    rows = standard() if rows is None else rows
    return Case(sound(**figures), days, standing, Past(**known), is_year=is_year, rows=rows, peers=peers)


def months(code, *values):
    """Return months before, newest first, in which all but one figure was as usual."""
    return tuple(sound(**{code: value}, R04=800) for value in values)


def found(one):
    return [(finding.rule, finding.code) for finding in check(one)]


PASSES = {
    "count": case(V01=0, L01="na", L02="closed"),
    "part": case(L02=567, L01=567),
    "balance": case(before=sound(R04=800, V01=1200)),
    "opening": case(closing={"R04": 800}, crossed=True),
    "sum": case(E03=1, E04=1, E05=1, E06=1, rows=[KINDS_OF_EVENTS]),
    "adds_up": case(C03=9, closing={"C01": 4312}, rows=[STOCK]),
    "hours": case(N06=624, rows=[HOURS]),
    "ratio": case(L05=1234, rows=[PER_VISIT]),
    "days": case(N05=31),
    "events": case(E01=0, E02=0),
    "absent": case(),
    "first": case(V01=12_000, standing=POINT),
    "crowded": case(V01=12_000, standing=POINT),
    "unlike_others": case(V01=5 * 300, standing=POINT, peers=Alike(300)),
    "unlike": case(E01=15, recent=months("E01", 4, 6, 3, 5, 4, 4)),
    "unlike_season": case(V01=2600, recent=months("V01", *[1200] * 6), same=months("V01", 2400, 2500)),
    "swing_month": case(V01=1500, before=sound(V01=1000, R04=800)),
    "swing_year": case(V01=500, L01=500, year_ago=sound(V01=1000, L01=500)),
    "idle": case(V01=0, L01=0, L02=0, standing=INTERRUPTED),
    "busy": case(V01=0, L01=0, L02=0, E01=0, E02=0, N05=0, standing=CLOSED),
    "loans_per_visit": case(V01=200, L01=1000, L02=0),
    "crowd": case(E01=2, E02=4000, V01=4111),
    "stock": case(C01=1200, before=sound(C01=1000, R04=800, V01=1200)),
    "few_days": case(N05=20),
    "same": case(before=sound(V01=1235, R04=800)),
    "round": case(V01=2000, L01=3000, C01=4321),
}
FAILS = {
    "count": (case(V01=-1), "V01"),
    "part": (case(L02=568, L01=567), "L02"),
    "balance": (case(before=sound(R04=801, V01=1200)), "R04"),
    "opening": (case(closing={"R04": 801}, crossed=True), "R04"),
    "sum": (case(E03=1, E04=1, E05=1, E06=2, rows=[KINDS_OF_EVENTS]), "E01"),
    "adds_up": (case(C03=8, closing={"C01": 4312}, rows=[STOCK]), "C01"),
    "hours": (case(N06=625, rows=[HOURS]), "N06"),
    "ratio": (case(L05=1235, rows=[PER_VISIT]), "L05"),
    "days": (case(N05=29, days=28), "N05"),
    "events": (case(E01=0, E02=1), "E02"),
    "absent": (case(standing=OUTSIDE), ""),
    "first": (case(V01=20_001, standing=POINT), "V01"),
    "crowded": (case(V01=12_001, standing=POINT), "V01"),
    "unlike_others": (case(V01=5 * 300 + 1, standing=POINT, peers=Alike(300)), "V01"),
    "unlike": (case(E01=17, recent=months("E01", 4, 6, 3, 5, 4, 4)), "E01"),
    "unlike_season": (case(V01=2600, recent=months("V01", *[1200] * 6), same=months("V01", 1300)), "V01"),
    "swing_month": (case(V01=1501, before=sound(V01=1000, R04=800)), "V01"),
    "swing_year": (case(V01=499, L01=500, year_ago=sound(V01=1000, L01=500)), "V01"),
    "idle": (case(V01=0, L01=0, L02=0), "V01"),
    "busy": (case(V01=1, L01=0, L02=0, E01=0, E02=0, N05=0, standing=CLOSED), "V01"),
    "loans_per_visit": (case(V01=200, L01=1001, L02=0), "L01"),
    "crowd": (case(E01=2, E02=4001, V01=4111), "E02"),
    "stock": (case(C01=1201, before=sound(C01=1000, R04=800, V01=1200)), "C01"),
    "few_days": (case(N05=19), "N05"),
    "same": (case(R01=0, R03=0, before=sound(R01=0, R03=0)), "C01"),
    "round": (case(V01=2000, L01=3000, C01=4000), "C01"),
}


def test_every_kind_of_finding_has_an_example_that_it_passes_and_one_that_it_finds():
    assert set(PASSES) == set(FAILS) == set(KINDS)


def test_no_rule_is_written_that_is_never_asked():
    written = [one for module in (rules, odd, firsts, usual) for one in vars(module).values()]
    assert {one for one in written if getattr(one, "__annotations__", {}) == RULE} == set(rules.RULES.values())
    assert set(rules.RULES) == set(CheckRow.Kind)


def test_no_two_kinds_of_findings_have_one_name():
    with pytest.raises(ValueError, match="Two kinds of findings are called part"):
        asks("part", "")


@pytest.mark.parametrize("code", PARTS)
def test_no_part_is_more_than_its_whole(code):
    whole = sound()[PARTS[code]]
    assert found(case(**{code: whole})) == []
    assert ("part", code) in found(case(**{code: whole + 1}))


def test_a_part_and_its_whole_are_called_as_the_office_calls_them():
    (finding,) = check(case(L02=568, L01=567))
    assert finding.sentence == "“of these, children's loans” (568) cannot be more than “Loans” (567)."
    names = {one.code: (f"{one.name}？", one.name_en) for one in FIRST_INDICATORS}
    (finding,) = check(Case(sound(L02=568, L01=567), 31, OPEN, names=names))
    with translation.override("zh-hans"):
        assert finding.sentence == "“其中：少儿文献外借册次？”（568）不能多于“文献外借册次？”（567）。"


def test_the_limits_of_first_figures_name_indicators_that_there_are():
    codes = {code for row in standard() for limits in row.most.values() for code in limits}
    assert codes - {one.code for one in FIRST_INDICATORS} == {firsts.ANY}


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("rule", KINDS)
def test_a_rule_passes_what_is_sound(rule):
    assert rule not in [finding.rule for finding in check(PASSES[rule])]


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("rule", KINDS)
def test_a_rule_finds_what_is_not(rule):
    one, code = FAILS[rule]
    assert (rule, code) in found(one)


@pytest.mark.parametrize("rule", KINDS)
def test_each_finding_tells_its_numbers_in_a_whole_sentence(rule):
    one, __ = FAILS[rule]
    finding = next(finding for finding in check(one) if finding.rule == rule)
    assert "%(" not in finding.sentence
    kept = json.loads(json.dumps(finding.as_question()))
    assert Finding(kept["code"], kept["rule"], kept["words"]).sentence == finding.sentence


def test_sound_figures_raise_nothing():
    assert found(case()) == []
    assert found(case(before=sound(R04=800, V01=1200), year_ago=sound(R04=700))) == []


@pytest.mark.parametrize("value", [-1, 1.5, True, "nan", "12", None, [], "closed "])
def test_only_whole_numbers_and_the_two_marks_are_figures(value):
    assert found(Case({"V01": value}, 31, OPEN)) == [("count", "V01")]


def test_large_counts_are_taken_as_they_are():
    assert found(case(V01=2_236_995_718)) == []


def test_nothing_is_said_of_what_was_not_reported_or_does_not_apply():
    for value in (None, "na", "closed"):
        blank = dict.fromkeys(SOUND, value)
        assert found(case(**blank)) == []
        assert found(case(**blank, before=sound(), year_ago=sound())) == []
        assert found(case(before=sound(**blank), year_ago=sound(**blank))) == []


def test_small_bases_swing_freely():
    assert found(case(V01=149, L01=140, before={"V01": 99, "L01": 20})) == []


def test_a_year_has_no_month_before_and_may_have_few_days():
    assert found(case(is_year=True, days=365, N05=3, closing={"R04": 800})) == []


def test_a_note_on_the_cell_answers_a_question_but_never_an_error():
    one = case(V01=0, L01=0, L02=1)
    findings = check(one)
    assert [(finding.code, finding.rule) for finding in findings] == [("L02", "part"), ("V01", "idle"), ("L01", "idle")]
    left = unanswered(findings, {"V01": "gate out of order", "L02": "so it was"})
    assert [finding.code for finding in left] == ["L01"]


def test_the_office_may_set_the_thresholds(settings):
    settings.RETURN_CHECKS = settings.RETURN_CHECKS | {"days_open": 27}
    assert found(case(N05=26)) == [("few_days", "N05")]


def test_ten_thousand_returns_are_checked_in_a_moment():
    one, bounds = case(before=sound(R04=800, V01=1200), year_ago=sound()), standard()
    begun = time.perf_counter()
    for __ in range(10_000):
        check(Case(one.figures, 31, OPEN, one.past, rows=bounds))
    assert time.perf_counter() - begun < 5


def test_a_first_figure_is_held_against_the_kind_before_the_level_and_a_year_may_be_twelve_times_as_much(settings):
    assert found(case(V01=25_000, standing=POINT)) == [("first", "V01")]
    assert found(case(V01=25_000, standing=POINT, before=sound(V01=24_000, R04=800))) == []
    assert found(case(V01=140_000, N05=300, days=365, is_year=True, standing=POINT)) == []
    assert found(case(C01=1_200_000, is_year=True, standing=POINT)) == [("first", "C01")]
    settings.RETURN_CHECKS = settings.RETURN_CHECKS | {
        "first_figures": settings.RETURN_CHECKS["first_figures"] | {"读书驿站": {"V01": 500}}
    }
    assert found(case(V01=600, standing=POINT)) == [("first", "V01")]


def test_events_that_nobody_counted_ask_for_a_word_and_block_nobody():
    (finding,) = check(case(E01=3, E02=0))
    assert (finding.rule, finding.blocks, unanswered([finding], {"E02": "展览，未计人数"})) == ("events", False, [])


@pytest.mark.clause("6.2.1 j")
def test_small_numbers_do_not_cry_wolf_and_a_digit_too_many_does():
    before = months("R01", 3, 1, 0, 4, 2, 2, 1, 5)
    assert [found(case(R01=joined, recent=before)) for joined in (0, 1, 6, 9)] == [[], [], [], []]
    assert found(case(R01=24, R04=821, recent=before)) == [("unlike", "R01")]


def test_a_short_history_says_nothing_about_what_is_usual_and_a_swing_is_asked_about_until_it_is_long_enough():
    few, enough = months("V01", *[1000] * 5), months("V01", *[1000] * 6)
    assert found(case(V01=4000, before=few[0], recent=few)) == [("swing_month", "V01")]
    assert found(case(V01=4000, before=enough[0], recent=enough)) == [("unlike", "V01")]


@pytest.mark.clause("6.2.1 j")
def test_one_outlier_does_not_make_the_right_figure_after_it_look_wrong():
    for before in ((90_000, 1200, 1250), (90_000, 1200, 1250, 1190, 1220, 1300, 1240)):
        recent = months("V01", *before)
        assert found(case(V01=1234, before=recent[0], recent=recent)) == []
    impossible = months("V01", 2_236_995_718)
    assert found(case(V01=1234, standing=POINT, before=impossible[0], recent=impossible)) == []
    assert found(case(V01=999_999_999_999, standing=POINT, before=impossible[0], recent=impossible)) == [
        ("first", "V01")
    ]


@pytest.mark.parametrize("code", ["E01", "R03", "L04"])
def test_a_count_that_no_limit_names_is_asked_about_where_no_such_library_has_so_many(code):
    assert ("first", code) in found(case(**{code: 2_236_995_718}, standing=POINT))


def test_a_first_figure_that_was_explained_is_what_the_next_one_is_held_against():
    before = months("V01", 24_000)
    assert found(case(V01=25_000, standing=POINT)) == [("first", "V01")]
    assert found(case(V01=25_000, standing=POINT, before=before[0], recent=before)) == []


def test_months_in_which_the_house_was_closed_say_nothing_about_what_is_usual():
    shut = tuple(sound(V01=0, L01=0, L02=0, N05=0, R04=800) for __ in range(6))
    assert found(case(before=shut[0], recent=shut)) == []
