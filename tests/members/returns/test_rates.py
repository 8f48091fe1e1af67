"""Count how often the checks are right about returns of which it is known what is wrong with them (6.2.1 j)."""

import pytest

from members.returns.checks import standard
from members.returns.checks.models import CheckRow
from tests.members.returns.labelled import ERRORS, RIGHT, SEED, SURPRISE, examples, rates

SWINGS = tuple(row for row in standard() if row.kind == CheckRow.Kind.SWING)
# Of the returns with an error of a kind, so many are asked about at least; decision 38 tells how many they are.
HITS = {
    "digit dropped": 0.6,
    "digit added": 0.9,
    "columns swapped": 0.8,
    "month repeated": 0.95,
    "wrong unit": 0.95,
}


def test_the_same_seed_makes_the_same_returns_and_there_are_some_of_every_kind():
    one, other = ([(each.month, each.figures, each.label) for each in examples()] for __ in range(2))
    assert one == other
    assert {label for *__, label in one} == {RIGHT, SURPRISE, *ERRORS}


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_checks_ask_about_most_errors_and_about_few_right_returns(seed):
    found = rates(standard(), seed)
    assert {label: found["any"][label] >= least for label, least in HITS.items()} == dict.fromkeys(HITS, True)
    assert found["any"][RIGHT] <= 0.06
    assert found["unlike"][RIGHT] + found["unlike_season"][RIGHT] <= 0.04
    assert found["any"][SURPRISE] <= 0.7


def test_what_is_usual_asks_about_far_fewer_right_returns_than_swings_alone_did():
    swings = rates(SWINGS, knows_months=False)["any"][RIGHT]
    assert rates(standard())["any"][RIGHT] < swings / 4
