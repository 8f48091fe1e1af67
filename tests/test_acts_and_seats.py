"""Hold who may do what, when: every act x every situation x every person, and never "no right" at the wrong moment."""

from importlib import import_module

import pytest
from django.conf import settings
from django.db import transaction

from fsul_portal.acts.verbs import Acts
from fsul_portal.rooms import holding
from tests import moves_table
from tests.conftest import set_stage
from tests.moves_table import TABLE
from tests.stages import with_acts

pytestmark = [pytest.mark.django_db, pytest.mark.checklist("B9")]

# Who holds the right; whatever the moment, these are never told that they have none.
RIGHT = moves_table.rights()


def test_every_table_of_verbs_is_brought_into_its_situations():
    of_rooms = {
        one.name
        for module in ("verbs", "register")
        for room in holding(module)
        for one in vars(import_module(f"{room}.{module}")).values()
        if isinstance(one, Acts)
    }
    assert {stage.ACTS.name for stage in with_acts()} == of_rooms


def test_every_verb_says_who_holds_its_right():
    assert set(RIGHT) == {f"{stage.ACTS.name}-{key}" for stage in with_acts() for key in stage.ACTS.verbs}


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker):
    """Ask once for all tests of this module, in a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = moves_table.rows(set_stage())
        transaction.set_rollback(True)
    return found


def test_every_act_answers_every_person_in_every_situation_as_the_table_says(table):
    """What is not in the table fails here; the table as found is left in var/ to be read and taken over."""
    found = moves_table.written(table)
    if found != TABLE.read_text("utf-8"):
        (settings.VAR_DIR / "moves.txt").write_text(found, "utf-8")
    assert found.splitlines() == TABLE.read_text("utf-8").splitlines()


def test_whoever_holds_the_right_is_never_told_that_he_has_none(table):
    refused = [
        (verb, situation, name) for verb, situation, signs in table for name in RIGHT[verb] if signs[name] == "."
    ]
    assert refused == []


def test_whoever_does_not_hold_the_right_never_may(table):
    allowed = {(verb, name) for verb, __, signs in table for name, sign in signs.items() if sign == "+"}
    assert allowed == {(verb, name) for verb, names in RIGHT.items() for name in names}
