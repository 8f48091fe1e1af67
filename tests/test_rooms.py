"""Hold that every room has a card and that the cards say all that others draw from them."""

import ast
import json
from pathlib import Path

import pytest
from celery import current_app
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from fsul_portal import rooms
from fsul_portal.access.roles import ROLES
from fsul_portal.grammar.evidence import Standing
from fsul_portal.standard import BODIES, CLAUSES, DUTIES
from members.libraries.models import Library
from reports.conformity.evidence import as_plain
from reports.demo.cast import PEOPLE
from tests.responses import put_away

ROOT = Path(__file__).resolve().parent.parent
# What makes a package a room; those without a card say why.
MAKES_A_ROOM = ("models", "tasks", "views")
# Called with the verb of the record in the second place.
WRITES_A_RECORD = {"record", "_keep", "begin", "step"}
NO_CARD = {
    **dict.fromkeys(rooms.FLOORS, "a floor only gathers what its rooms have"),
    "fsul_portal.acts": "a grammar: its words stand in the tables of the rooms that use it",
    "fsul_portal.intake": "a grammar: the kinds of files stand in the rooms that take them in",
    "members.indicators.formulas": "what is reckoned from indicators; its card is that of the indicators",
    "members.indicators.population": "what formulas reckon with; its card is that of the indicators",
    "members.indicators.versions": "what the dictionary was; its card is that of the indicators",
    "members.returns.checks.keeping": "how the office keeps checks; their card is that of the checks",
    "members.returns.entry": "the forms of returns; their card is that of the returns",
    "members.returns.intake": "the files of returns; their card is that of the returns",
    "committee.meetings.feeds": "the calendar of a body; its card is that of the bodies",
    "committee.meetings.sittings": "a meeting as one volume; its card is that of the meetings",
    "reports.editions.excerpts": "the file of one district or library; its card is that of the reports",
    "reports.explorer.changes": "how what the explorer shows moved; its card is that of the explorer",
    "reports.explorer.maps": "where the libraries lie that the explorer shows; its card is that of the explorer",
    "reports.explorer.years": "the years of what the explorer shows; its card is that of the explorer",
    "workgroups.channels.questions": "what is asked in the channels; its card is that of the channels",
    "members.rosters.quarters": "the quarterly question about rosters; its card is that of the rosters",
    "reports.editions.web": "the pages on which a report is read; their card is that of the reports",
    "reports.editions.workshop": "how the parts of reports are printed; its card is that of the reports",
    "reports.editions.texts": "the words of a report; their card is that of the reports",
    "fsul_portal.notices.calendars": "what notices bring along; their card is that of the notices",
    "fsul_portal.manual": "the help speaks of all rooms, and does nothing in any",
    "fsul_portal.lives": "what the grammars of duties share; their words stand in their own cards",
    "fsul_portal.pages": "the pages that belong to no room",
    "fsul_portal.registers": "a grammar: what it shows stands in the registers of the rooms that use it",
    "reports.opendata.api": "what outsiders read; its card is that of open data",
    "reports.opendata.checking": "checks what is published; its card is that of open data",
    "committee.plans.monitoring": "the sheet of a plan; its card is that of the plans",
    "committee.projects.bulletins": "the bulletins of the projects; their card is that of the projects",
    "committee.documents": "what institutions and plans share; their cards are their own",
    "members.periods": "months and years as such; what is done with them stands in months and returns",
}


def verbs_recorded():
    """Return the verbs which the code writes into records as plain words."""
    found = set()
    for floor in rooms.FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in WRITES_A_RECORD:
                    found |= {one.value for one in node.args[1:2] if isinstance(one, ast.Constant)}
    return found


def test_every_room_has_a_card():
    made = {package for module in MAKES_A_ROOM for package in rooms.holding(module)}
    assert made - set(rooms.cards()) - set(NO_CARD) == set()
    assert set(NO_CARD) & set(rooms.cards()) == set()


def test_every_right_of_the_roles_is_explained_by_a_card_and_no_other():
    assert {name for role in ROLES.values() for name in role.permissions} == set(rooms.permission_words())


def test_every_act_that_is_recorded_has_words():
    assert verbs_recorded() - set(rooms.act_words()) == set()


def test_no_two_cards_call_an_act_or_a_right_differently():
    for name in ("acts", "permissions"):
        said: dict = {}
        for card in rooms.cards().values():
            for key, words in getattr(card, name).items():
                assert said.setdefault(key, str(words)) == str(words), key


def test_every_task_of_a_room_is_known_to_celery_and_stands_on_the_clock_or_belongs_to_a_run(db):
    current_app.loader.import_default_modules()
    own = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
    scheduled = {job.task for job in rooms.jobs()}
    assert scheduled - set(own) == set()
    of_rooms = {name for name, task in own.items() if task.__module__.split(".")[0] in rooms.FLOORS}
    assert {name for name in of_rooms - scheduled if not hasattr(own[name], "work")} == set()


def test_the_timetable_is_written_from_the_cards(db):
    call_command("load_defaults", verbosity=0)
    call_command("load_defaults", verbosity=0)
    assert sorted(PeriodicTask.objects.exclude(name__startswith="celery.").values_list("task", flat=True)) == sorted(
        job.task for job in rooms.jobs()
    )


def test_evidence_answers_for_clauses_that_exist_and_each_once():
    answered = [clause for card in rooms.cards().values() for clause in card.evidence]
    assert len(answered) == len(set(answered))
    assert set(answered) <= set(CLAUSES)
    assert {clause for card in rooms.cards().values() for clause in card.clauses} >= set(answered)


@pytest.mark.django_db
@pytest.mark.parametrize("username", sorted(one.username for one in PEOPLE))
def test_the_menu_shows_exactly_what_a_person_may_open(signed_in, person, username):
    client, user = signed_in(username), person(username)
    for entry in rooms.menu():
        status = put_away(client.get(reverse(entry.view))).status_code
        assert (status == 200) == bool(entry.rule(user)), (username, entry.view, status)


@pytest.mark.django_db
def test_an_empty_portal_proposes_nothing_but_the_duties_that_are_not_held():
    assert {one.key.split(":")[0] for one in rooms.offered("agenda", timezone.localdate())} == {"clause"}


def test_a_place_that_nobody_knows_is_a_mistake():
    with pytest.raises(KeyError):
        rooms.offered("nowhere")


def test_one_finds_what_one_may_see(person):
    assert rooms.search(person("nanhai"), "NH002") == [Library.objects.get(code="NH002")]
    assert rooms.search(person("observer"), "no such thing") == []


@pytest.mark.django_db
def test_conformity_is_told_to_other_systems(cast, tmp_path):
    out = tmp_path / "conformity.json"
    call_command("conformity", out=out, on="2026-10-31", verbosity=0)
    duties = json.loads(out.read_text("utf-8"))
    assert [duty["clause"] for duty in duties] == [clause.number for clause in (*BODIES, *DUTIES)]
    assert set(duties[0]) == {
        "clause",
        "title",
        "standing",
        "sentence",
        "records",
        "address",
        "since",
        "lapses_on",
    }
    assert {duty["standing"] for duty in duties} <= set(Standing.values)
    assert len(as_plain()) == 41
