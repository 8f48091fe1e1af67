"""Hold the grammars of duties on the smallest duty of each: every act x every state x every person of the cast."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.lives.models import Seated
from tests.conftest import set_stage
from tests.moves_table import CAST, sign, written
from tests.small.paper import KIND
from tests.small.situations import all_of_them

# Else nobody would make the tables where this module is run alone.
pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "small" / "moves.txt"
SEATED = [model for model in apps.get_models() if issubclass(model, Seated)]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Bring everything into every state once for all tests of this module, in a transaction that is undone."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setitem(KINDS, KIND.key, KIND)
        cast = set_stage()
        yield cast, [(acts, situation, thing) for acts, bring in all_of_them() for situation, thing in bring(cast)]
        transaction.set_rollback(True)


@pytest.mark.checklist("B9")
def test_every_act_answers_every_person_in_every_state_as_the_table_says(stage):
    """What is not in the table fails here; the table as found is left in var/ to be read and taken over."""
    cast, things = stage
    rows = [
        (f"{acts.name}-{key}", situation, {name: sign(verb, cast[name], thing) for name in CAST if name in cast})
        for acts, situation, thing in things
        for key, verb in acts.verbs.items()
    ]
    found = written(rows)
    if not TABLE.exists() or found != TABLE.read_text("utf-8"):
        (settings.VAR_DIR / "small-moves.txt").write_text(found, "utf-8")
    assert found.splitlines() == TABLE.read_text("utf-8").splitlines()


def test_an_act_is_open_to_somebody_only_where_its_state_knows_it(stage):
    cast, things = stage
    strays = [
        (acts.name, key, situation, name)
        for acts, situation, thing in things
        for key, verb in acts.verbs.items()
        for name in CAST
        if name in cast and verb.rule(cast[name], thing) and not verb.offered(thing)
    ]
    assert strays == []


def test_every_act_says_what_it_will_do(stage):
    __, things = stage
    for acts, __, thing in things:
        for verb in acts.offered(thing):
            assert str(verb.effect(thing)), verb.key
            assert str(verb.way_back), verb.key
            assert verb.form(thing).fields is not None, verb.key


@pytest.mark.parametrize("model", SEATED, ids=lambda model: model.__name__)
def test_every_duty_names_the_seats_of_its_grammar(model):
    assert set(model.NEEDS) <= set(model.SEATS)
