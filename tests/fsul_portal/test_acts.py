"""Hold the tables of acts: one rule at every entrance, a way back for each act, and the kinds of refusals."""

import ast
import inspect
from pathlib import Path

import pytest
from django.urls import reverse

from committee.meetings import verbs as meetings
from fsul_portal.verdicts import Closed, Denied, Kind, NotNow, Overtaken, Refusal, Way, closed, not_now, require
from members.months import verbs as months
from members.returns import verbs as returns
from reports.editions.life import verbs as editions
from workgroups.coordination.filings import verbs as filings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("fsul_portal", "members", "committee", "workgroups", "reports")
TABLES = (filings.ACTS, meetings.ACTS, returns.ACTS, months.ACTS, editions.ACTS)
VERBS = [(table.name, verb) for table in TABLES for verb in table.verbs.values()]
NAMES = [f"{name}-{verb.key}" for name, verb in VERBS]

# Actions that take a person and ask no rule, with the reason.
WITHOUT_A_RULE = {
    "members/indicators/versions/actions.py keep": "a step of the dictionary's actions, which have asked their rule",
    "members/returns/entry/actions.py keep": "saves by `save_draft`, which asks",
    "members/returns/entry/actions.py hand_in_many": "hands in by `submit`, which asks",
    "fsul_portal/dues/actions.py open_feed": "everybody's own calendar, and nobody else's",
    "fsul_portal/dues/actions.py close_feed": "everybody's own calendar, and nobody else's",
    "fsul_portal/access/actions.py grant": "asked by the forms of the admin and by the seed; `by` may be nobody",
    "fsul_portal/access/actions.py revoke": "the same",
    "fsul_portal/approvals/actions.py agree": "agrees by `agree_to_all`, which asks",
    "fsul_portal/approvals/actions.py submit": "a step of the actions of a room, which have asked their own rule",
    "fsul_portal/approvals/actions.py withdraw": "the same",
    "fsul_portal/approvals/actions.py give_back": "asks in `_turn_down`",
    "fsul_portal/approvals/actions.py refuse": "asks in `_turn_down`",
    "fsul_portal/approvals/actions.py enter_into_force": "the same",
    "fsul_portal/approvals/actions.py take_back": "the same",
    "fsul_portal/approvals/actions.py hand_over_drafts": "a step of handing over, which has asked its rule",
    "fsul_portal/assignments/actions.py assign": "the action that gives the task has asked its rule",
    "fsul_portal/assignments/actions.py assign_all": "the same",
    "fsul_portal/assignments/actions.py hand_over_tasks": "a step of handing over, which has asked its rule",
    "fsul_portal/intake/actions.py plan": "changes nothing",
    "fsul_portal/intake/actions.py confirm": "takes in by `take_in`, which asks",
    "fsul_portal/intake/actions.py ask_for": "of an upload of one's own, which was kept under its rule",
    "committee/plans/actions.py propose_plan": "the same",
    "committee/institutions/actions.py propose_institution": "proposes by the grammar of papers, which asks",
    "committee/problems/actions.py raise_problem": "opens by the grammar of cases, which asks",
    "committee/agendas/actions.py put_items": "a step of calling a meeting and of laying an agenda out, which ask",
    "committee/agendas/actions.py carry_over": "a step of signing the minutes, which has asked",
    "committee/bodies/actions.py meet_no_more": "part of closing what stands on the place",
    "committee/decisions/actions.py let_stand": "the same",
    "committee/decisions/actions.py close_vote": "what the last vote or the closing day brings about",
    "committee/seats/actions.py nominate": "nominates by the grammar of bodies, which asks",
    "members/bodies/actions.py nominate": "asks the rule that it is given",
    "members/bodies/actions.py take_post": "a step of taking a seat and of beginning a term, which have asked theirs",
    "members/bodies/actions.py leave_post": "the same, of leaving and of closing a group",
    "fsul_portal/account/actions.py follow_contact": "the action that changes them has asked its rule",
    "members/rosters/actions.py write_for": "the same",
    "members/rosters/actions.py write_edition": "the act that changes the people has asked its rule",
    "members/rosters/actions.py note_export": "the page that hands the file out has asked who reads it",
    "workgroups/groups/actions.py put_forward": "nominates by the grammar of bodies, which asks",
    "fsul_portal/lives/actions.py begin": "a step of the grammars, whose own actions ask their rules",
    "fsul_portal/lives/actions.py claim": "asks the rule that it is given",
    "fsul_portal/lives/actions.py step": "of a thing that was claimed",
    "fsul_portal/registers/actions.py choose_columns": "of one's own list",
    "fsul_portal/registers/actions.py keep_filter": "the same",
    "fsul_portal/registers/actions.py drop_filter": "the same",
    "fsul_portal/records/actions.py record": "writes down what was done",
    "fsul_portal/runs/actions.py request_run": "the action that asks for the run has asked its rule",
    "members/libraries/actions.py change_facts": "the registry's own, called by filings and imports that asked theirs",
    "members/libraries/actions.py close_library": "the same",
    "members/libraries/actions.py open_library": "the same",
    "members/libraries/actions.py correct_opening": "the same",
    "members/libraries/actions.py write": "the same",
    "members/returns/actions.py accept_unquestioned": "looks at the return, then accepts",
    "members/returns/actions.py accept_many": "accepts each by `accept_unquestioned`",
    "members/returns/actions.py hand_in": "saves and submits, and both ask",
    "reports/editions/actions.py freeze_edition": "by a run, whose request asked",
    "reports/editions/actions.py build_edition": "the same",
    "reports/editions/excerpts/actions.py replace_lost": "asks by `request_excerpt`",
    "workgroups/coordination/filings/actions.py agree_to_all": "sorts out first, and that asks for each",
    "workgroups/coordination/filings/actions.py apply_filing": "by the clock",
}


def asked_in(function):
    """Return the names of the rules that a function requires, itself or by giving them to a helper of its module."""
    found = set()
    for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
        name = getattr(call.func, "id", "")
        if name == "require" and isinstance(call.args[0], ast.Call):
            found.add(getattr(call.args[0].func, "id", getattr(call.args[0].func, "attr", "")))
        elif name == "claim" and len(call.args) > 1:
            found.add(getattr(call.args[1], "id", getattr(call.args[1], "attr", "")))
        elif name.startswith("_"):
            found |= {argument.id for argument in call.args if isinstance(argument, ast.Name)}
    return {name for name in found if name.startswith("may")}


def deeds():
    """Yield (file and name, function) of each public function in a module of actions that takes `by`."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("actions.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    if "by" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}:
                        yield f"{path.relative_to(ROOT)} {node.name}", node


def test_every_action_of_a_person_asks_a_rule_or_says_why_not():
    silent = {name for name, function in deeds() if not asked_in(function)}
    assert silent - set(WITHOUT_A_RULE) == set()


@pytest.mark.parametrize(("name", "verb"), VERBS, ids=NAMES)
def test_the_rule_of_a_verb_is_the_one_that_its_action_requires(name, verb):
    source = ast.parse(inspect.getsource(inspect.unwrap(verb.act)))
    assert verb.rule.__name__ in asked_in(source)


@pytest.mark.parametrize(("name", "verb"), VERBS, ids=NAMES)
def test_every_verb_says_what_it_means_and_how_it_is_undone(name, verb):
    assert all(str(words).endswith((".", "。")) for words in (verb.meaning, verb.done, verb.way_back))


def test_each_act_has_its_address():
    assert [reverse(name, kwargs=_key(name)) for name in NAMES]


def _key(name):
    return {"code": "2026-02"} if name.startswith("months:") else {"pk": 1}


@pytest.mark.parametrize(
    ("verdict", "refusal"),
    [
        (Denied("no"), Refusal),
        (not_now("no"), NotNow),
        (Denied("no", overtaken=True), Overtaken),
        (closed("no"), Closed),
    ],
)
def test_a_verdict_raises_the_refusal_of_its_kind(verdict, refusal):
    with pytest.raises(refusal, match="no") as raised:
        require(verdict)
    assert (type(raised.value), raised.value.kind) == (refusal, verdict.kind)


def test_who_is_late_keeps_his_text_whether_overtaken_or_closed():
    assert issubclass(Closed, Overtaken)
    assert [Denied("no", kind=kind).overtaken for kind in Kind] == [False, False, True, True]


def test_a_refusal_carries_the_way_on():
    way = Way("The months", "/reports/months/")
    with pytest.raises(NotNow) as raised:
        require(not_now("no", way))
    assert raised.value.way == way


@pytest.mark.urls("tests.browser.face_urls")
@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "heading"), [("409", "Somebody else was faster"), ("not-now", "Not possible yet")])
def test_the_page_of_a_refusal_never_leads_back_to_itself(fault, heading, client):
    client.cookies["django_language"], address = "en", f"/faults/{fault}/"
    page = client.get(address)
    assert page.status_code == 409
    assert heading in page.content.decode()
    assert f'href="{address}"' not in page.content.decode()
