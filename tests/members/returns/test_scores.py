"""Scores say the same as a look at every return, whatever was written since, and cost a month no reading (6.2.1 j)."""

import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fsul_portal.records.actions import record
from members.libraries.models import Library
from members.periods.actions import ensure
from members.periods.models import Period, month_before
from members.returns.checks.keeping.trials import looked_at, tried
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import Row
from members.returns.checks.scores.actions import differing, follow
from members.returns.checks.scores.models import Score, Scored
from members.returns.models import Return

pytestmark = pytest.mark.clause("6.2.1 j")
LAST, CODES = "2026-02", ["V01", "L01", "E01", "N05"]


@pytest.fixture
def three_years(cast):
    """Leave returns of three years: seasons, gaps, closed months, marks, errors, and a library that is new."""
    dice = random.Random(11)
    months = [month_before(LAST, back) for back in range(37)]
    ensure(months)
    periods = {one.code: one for one in Period.objects.all()}
    made = []
    for place, library in enumerate(Library.objects.order_by("pk")):
        size = 5 ** (1 + place % 5)
        for back, month in enumerate(months):
            if (back and dice.random() < 0.1) or (place == 3 and back > 4):
                continue
            season = 4 if place % 2 and month[-2:] in ("02", "08") else 1
            figures = {code: int(size * season * dice.gauss(10, 1 + place % 3)) for code in CODES[:3]}
            figures = {code: abs(value) for code, value in figures.items()} | {"N05": dice.choice([0, 20, 25, 28])}
            if dice.random() < 0.15:
                figures[dice.choice(CODES)] = dice.choice(["na", "closed"])
            if back == 0 and (place % 2 == 0 or place == 3):
                figures["V01"] = 90 * size
            made.append(Return(library=library, period=periods[month], state="accepted", figures=figures))
    Return.objects.bulk_create(made)
    return periods[LAST]


def check(limit, share=0.1, months=6, codes=CODES):
    return CheckRow(kind=CheckRow.Kind.UNLIKE, codes=codes, limit=limit, share=share, months=months, since=LAST)


def said(row, period):
    """Return what a trial says, and what the rule says that looks at every return."""
    trial = tried(row, period)
    libraries = list(Return.objects.received().filter(period=period).values_list("library_id", flat=True))
    assert trial.looked_at == len(libraries)
    return {each.one.library_id: each.findings for each in trial.asked}, looked_at(Row.of(row), period, libraries)


def test_scores_find_what_the_rule_finds_with_any_limit(three_years):
    follow(timezone.now())
    assert Scored.objects.filter(period=three_years).exists()
    rules = set()
    for row in (check(2), check(3.5, months=1), check(4), check(4, share=0), check(9, 0.3), check(4, codes=["N05"])):
        by_scores, by_rule = said(row, three_years)
        assert by_scores == by_rule
        rules |= {each.rule for found in by_rule.values() for each in found}
    assert rules == {"unlike", "unlike_season"}
    # A limit below what is kept looks at the returns themselves.
    assert Score.objects.all().delete()[0] > 0
    by_scores, by_rule = said(check(1.5), three_years)
    assert by_scores == by_rule != {}
    assert said(check(4), three_years)[0] == {}


def test_what_was_written_since_is_looked_at_and_then_scored(three_years, person, clock):
    follow(timezone.now())
    row = check(4)
    asked = next(iter(said(row, three_years)[0]))
    before = Return.objects.get(library=asked, period__code="2026-01")
    before.figures = {**before.figures, "V01": 1}
    one = Return.objects.get(library=asked, period=three_years)
    one.figures = {code: 1 for code in CODES}
    for each in (before, one):
        each.save(update_fields=["figures"])
        record(each, "edited", by=person("office"))
    by_scores, by_rule = said(row, three_years)
    assert by_scores == by_rule
    clock.shift(3600)
    assert follow(timezone.now()) > 0
    assert differing(three_years, write=False) == 0
    assert said(row, three_years) == (by_rule, by_rule)


def test_scores_that_do_not_follow_from_the_returns_are_told_and_mended(three_years):
    call_command("check_rollup", LAST, mend=True)
    follow(timezone.now())
    Score.objects.filter(period=three_years, pk=Score.objects.filter(period=three_years).first().pk).update(usual=7)
    with pytest.raises(CommandError, match="1 sums do not follow"):
        call_command("check_rollup", LAST)
    call_command("check_rollup", LAST, mend=True)
    assert differing(three_years, write=False) == 0


def test_a_trial_by_scores_costs_the_same_for_one_library_and_for_many(three_years, django_assert_max_num_queries):
    follow(timezone.now())
    with django_assert_max_num_queries(10):
        many = tried(check(2), three_years).asked
    assert len(many) > 1
