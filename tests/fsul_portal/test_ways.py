"""Hold that the office edits the ways: from closed lists, edition by edition, on record."""

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.ways.actions import edit_way, load_default_ways
from fsul_portal.approvals.ways.models import Way, WayStage
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken

MOVE = "filing-move"
STAGE = {
    "key": "decision",
    "title_zh": "审定",
    "title_en": "Decision",
    "step": 1,
    "place": "coordination",
    "seat_zh": "组长",
    "seat_en": "lead",
    "verb_zh": "批准",
    "verb_en": "Approve",
    "days": 4,
    "needed": 1,
    "condition": "",
    "by_decision": False,
}


def form_of(*stages, edition=1):
    data = {"edition": edition, "form-TOTAL_FORMS": len(stages), "form-INITIAL_FORMS": 0}
    for number, stage in enumerate(stages):
        data |= {f"form-{number}-{field}": value for field, value in stage.items() if value is not False}
    return data


@pytest.fixture
def loaded(cast):
    load_default_ways()


def test_the_defaults_are_loaded_once_and_leave_the_edits_of_the_office_alone(loaded, person):
    assert set(Way.objects.values_list("kind", flat=True)) == set(KINDS)
    edited = edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    assert load_default_ways() == 0
    assert Way.objects.in_use().get(kind=MOVE) == edited


def test_stages_as_delivered_take_the_words_of_a_new_release_and_those_of_the_office_stay(loaded, person):
    edited = edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    WayStage.objects.filter(way__made_by=None, key="district_signature").update(verb_zh="签批")
    load_default_ways()
    words = WayStage.objects.filter(way__made_by=None, key="district_signature").values_list("verb_zh", flat=True)
    assert (set(words), edited.stages.get().verb_zh) == ({"初审通过"}, "批准")


def test_an_edition_replaces_another_and_keeps_it(loaded, person):
    way = edit_way(KINDS[MOVE], [STAGE], by=person("office"), edition=1)
    old = Way.objects.get(kind=MOVE, edition=1)
    assert (way.edition, old.replaced_by, old.stages.count()) == (2, person("office"), 2)
    assert way.stages.get().permission == "workgroups.decide_filings"
    assert Record.objects.of(way).get().verb == "way changed"


def test_what_says_the_same_is_no_new_edition(loaded, person):
    edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    assert edit_way(KINDS[MOVE], [STAGE], by=person("office")).edition == 2


@pytest.mark.checklist("D5")
def test_whoever_edits_an_older_edition_is_told(loaded, person):
    edit_way(KINDS[MOVE], [STAGE], by=person("office"), edition=1)
    with pytest.raises(Overtaken):
        edit_way(KINDS[MOVE], [STAGE | {"days": 9}], by=person("office"), edition=1)


@pytest.mark.parametrize("username", ["chair", "coordination-lead", "nanhai", "admin"])
def test_only_the_office_edits_a_way(username, loaded, person, signed_in):
    with pytest.raises(PermissionDenied):
        edit_way(KINDS[MOVE], [STAGE], by=person(username))
    assert signed_in(username).get(f"/ways/{MOVE}/").status_code == 403
    assert signed_in(username).get("/ways/").status_code == 200


def test_the_page_takes_stages_gives_new_ones_a_key_and_fills_in_the_seat(loaded, signed_in):
    chair = STAGE | {"key": "", "step": 2, "place": "chair", "seat_zh": "", "seat_en": "", "condition": "open_end"}
    answer = signed_in("office").post(f"/ways/{MOVE}/", form_of(STAGE, chair))
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/ways/")
    kept = [(one.key, one.permission, one.seat_zh, one.condition) for one in Way.objects.get(edition=2).stages.all()]
    assert kept == [
        ("decision", "workgroups.decide_filings", "组长", ""),
        ("chair_1", "committee.sign_minutes", "专委会主任委员", "open_end"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"place": "nobody"},
        {"condition": "filing.library.code == 'NH001'"},
        {"condition": "open_end"},
        {"verb_zh": ""},
        {"days": 0},
        {"step": 0},
        {"by_decision": "on", "needed": 2},
    ],
    ids=str,
)
def test_what_is_in_no_closed_list_or_would_ask_nobody_is_refused(broken, loaded, signed_in):
    answer = signed_in("office").post(f"/ways/{MOVE}/", form_of(STAGE | broken))
    assert answer.status_code == 200
    assert not Way.objects.filter(edition=2).exists()


def test_an_empty_way_is_refused(loaded, signed_in):
    signed_in("office").post(
        f"/ways/{MOVE}/", form_of(STAGE | {"title_zh": "", "title_en": "", "verb_zh": "", "seat_zh": ""})
    )
    assert not Way.objects.filter(edition=2).exists()


def test_a_way_which_is_none_is_not_found(loaded, signed_in):
    assert signed_in("office").get("/ways/nothing/").status_code == 404


def test_the_list_of_ways_costs_the_same_with_one_and_with_many_stages(
    loaded, person, signed_in, django_assert_max_num_queries
):
    client = signed_in("office")
    stages = [STAGE | {"key": f"s{number}", "step": number} for number in range(1, 9)]
    edit_way(KINDS[MOVE], stages, by=person("office"))
    with django_assert_max_num_queries(12):
        assert client.get("/ways/").status_code == 200
