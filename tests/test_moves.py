"""Hold every table of moves where the state changes: each model, each pair of states."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from fsul_portal.grammar.moves import Moving
from fsul_portal.verdicts import Overtaken

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("fsul_portal", "members", "committee", "workgroups", "reports")
# The facts of a library come with days; checks.py holds its moves against the spell before.
BY_DAYS = {"Spell"}
# Bulk writing builds new rows in the state that the file gives them.
BUILDS = {"fsul_portal/grammar/moves.py", "members/returns/intake/imports.py"}

# The small duties on which the tests try the grammars.
LABELS = (*ROOMS, "small")

WITH_MOVES = [model for label in LABELS for model in apps.get_app_config(label).get_models() if hasattr(model, "MOVES")]
PAIRS = [
    (model, before, after)
    for model in WITH_MOVES
    if issubclass(model, Moving)
    for before in model.State
    for after in model.State
]


def test_every_model_with_moves_holds_them():
    assert {model.__name__ for model in WITH_MOVES if not issubclass(model, Moving)} == BY_DAYS
    assert all(set(model.MOVES) == set(model.State) for model in WITH_MOVES if issubclass(model, Moving))


@pytest.mark.parametrize(("model", "before", "after"), PAIRS, ids=str)
def test_a_state_is_reached_by_a_move_of_the_table_or_not_at_all(model, before, after):
    thing = model(state=before)
    if after in model.MOVES[before]:
        thing.become(after)
        assert thing.state == after
    else:
        with pytest.raises(Overtaken):
            thing.become(after)
        assert thing.state == before


def test_nobody_sets_a_state_past_the_table():
    setting = []
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            flat = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
            if any(isinstance(one, ast.Attribute) and one.attr == "state" for one in flat):
                setting.append(str(path.relative_to(ROOT)))
    assert set(setting) == BUILDS
