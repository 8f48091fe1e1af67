"""Break the editor of ways: strange keys, clashes, words left out, what the code no longer knows."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.ways.actions import edit_way, load_default_ways
from fsul_portal.approvals.ways.models import Way, stages_now
from fsul_portal.records.models import Record
from members.people.models import User
from tests.fsul_portal.test_ways import MOVE, STAGE, form_of
from tests.hands import at_once, many_hands
from workgroups.coordination.filings.models import Filing

__all__ = ["many_hands"]

PAGE, LIST = f"/ways/{MOVE}/", "/ways/"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def loaded(cast):
    load_default_ways()


def in_use(kind=MOVE):
    return Way.objects.in_use().get(kind=kind)


def keys(way):
    return [stage.key for stage in way.stages.all()]


def nothing_was_kept():
    return (in_use().edition, Record.objects.filter(verb="way changed").count()) == (1, 0)


@pytest.mark.checklist("D5")
def test_a_clash_shows_the_page_again_with_what_was_typed_and_what_holds_now(loaded, person, signed_in):
    edit_way(KINDS[MOVE], [STAGE | {"title_zh": "别人的审定"}], by=person("office"))
    answer = signed_in("office").post(PAGE, form_of(STAGE | {"title_zh": "我的审定", "days": 9}, edition=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert (page.count('value="我的审定"'), [stage.title_zh for stage, __ in answer.context["now"]]) == (
        1,
        ["别人的审定"],
    )
    assert page.count("该流程在此期间已被他人修改；请查看现行内容。") == 1
    assert [stage.title_zh for stage in in_use().stages.all()] == ["别人的审定"]
    again = signed_in("office").post(PAGE, form_of(STAGE | {"title_zh": "我的审定", "days": 9}, edition=2))
    assert (again.status_code, in_use().edition) == (302, 3)


@pytest.mark.checklist("D3")
def test_the_same_form_sent_twice_lays_one_edition_and_the_second_says_why_not(loaded, signed_in):
    sent = form_of(STAGE)
    assert [signed_in("office").post(PAGE, sent).status_code for __ in range(2)] == [302, 409]
    assert (in_use().edition, Way.objects.filter(kind=MOVE).count()) == (2, 2)


@pytest.mark.checklist("D5")
def test_a_stage_which_another_has_added_in_the_same_words_is_not_dropped(loaded, person, signed_in):
    added = STAGE | {"key": "", "title_zh": "复核", "step": 2}
    edit_way(KINDS[MOVE], [STAGE, added | {"key": "more"}], by=person("office"))
    answer = signed_in("office").post(PAGE, form_of(STAGE | {"days": 9}, added, edition=2))
    assert (answer.status_code, [one.title_zh for one in in_use().stages.all()]) == (302, ["审定", "复核"])


@pytest.mark.checklist("D4")
def test_of_many_who_edit_one_edition_at_once_one_succeeds_and_the_others_are_told(many_hands, loaded):
    def edit(number):
        office = User.objects.get(username="office")
        return edit_way(KINDS[MOVE], [STAGE | {"days": number + 10}], by=office, edition=1)

    outcomes = at_once(edit, times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Overtaken", "Overtaken", "Overtaken", "Way"]
    (kept,) = (one for one in outcomes if isinstance(one, Way))
    assert (in_use(), in_use().edition, in_use().stages.get().days) == (kept, 2, kept.stages.get().days)


def test_two_lines_of_one_key_become_two_stages(loaded, signed_in):
    """A copied line carries the hidden key of its original."""
    second = STAGE | {"title_zh": "复核", "step": 2}
    assert signed_in("office").post(PAGE, form_of(STAGE, second)).status_code == 302
    assert keys(in_use()) == ["decision", "coordination_1"]


@pytest.mark.parametrize("forged", ["refused", "withdrawn", "never-heard-of"])
def test_a_key_that_no_stage_of_the_way_has_is_given_anew(forged, loaded, signed_in):
    """The key of a stage may be the verb on record: consent must not be told as a refusal."""
    assert signed_in("office").post(PAGE, form_of(STAGE | {"key": forged})).status_code == 302
    assert keys(in_use()) == ["coordination_1"]


def test_a_stage_keeps_its_key_while_its_words_and_its_seat_change(loaded, signed_in):
    before = keys(in_use())[-1]
    changed = STAGE | {"key": before, "title_zh": "另名", "place": "technical"}
    signed_in("office").post(PAGE, form_of(changed))
    assert [(one.key, one.title_zh, one.place) for one in in_use().stages.all()] == [(before, "另名", "technical")]


@pytest.mark.parametrize("key", ["a b", "键", "x" * 41, "<b>"])
def test_a_key_that_is_none_is_refused(key, loaded, signed_in):
    assert signed_in("office").post(PAGE, form_of(STAGE | {"key": key})).status_code == 200
    assert nothing_was_kept()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"seat_zh": "", "seat_en": ""}, ("统筹管理小组组长", "lead of the coordination group")),
        ({"seat_zh": "组长本人", "seat_en": ""}, ("组长本人", "")),
        ({"seat_zh": "", "seat_en": "the lead in person"}, ("统筹管理小组组长", "the lead in person")),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_empty_name_of_a_seat_is_filled_in_and_a_typed_one_is_kept(language, typed, kept, loaded, signed_in):
    client = signed_in("office")
    client.cookies["django_language"] = language
    client.post(PAGE, form_of(STAGE | typed))
    stage = in_use().stages.get()
    assert (stage.seat_zh, stage.seat_en) == kept


@pytest.mark.parametrize("word", ["title_en", "seat_zh", "seat_en", "verb_zh", "verb_en"])
def test_a_line_that_lost_its_title_is_asked_about_and_not_dropped(word, loaded, signed_in):
    words = dict.fromkeys(("title_zh", "title_en", "seat_zh", "seat_en", "verb_zh", "verb_en"), "")
    lost = STAGE | words | {"key": "", "step": 2, word: "字"}
    answer = signed_in("office").post(PAGE, form_of(STAGE, lost))
    assert answer.context["stages"].forms[1].errors["title_zh"] == ["环节须有名称；如需删除，请清空整项。"]
    assert nothing_was_kept()


def test_clearing_a_line_takes_its_stage_away(loaded, signed_in):
    words = dict.fromkeys(("title_zh", "title_en", "seat_zh", "seat_en", "verb_zh", "verb_en"), "")
    first, second = keys(in_use())
    answer = signed_in("office").post(PAGE, form_of(STAGE | {"key": second}, STAGE | words | {"key": first}))
    assert (answer.status_code, keys(in_use())) == (302, [second])


@pytest.mark.parametrize(
    "broken",
    [
        {"title_zh": "长" * 61},
        {"verb_zh": "长" * 21},
        {"days": 61},
        {"days": "3.5"},
        {"days": "99999999999999999999"},
        {"step": 10},
        {"step": -1},
        {"needed": 0},
        {"needed": 10},
        {"place": ""},
        {"title_zh": "\x00"},
    ],
    ids=str,
)
def test_what_lies_outside_its_bounds_is_refused_and_stays_on_the_page(broken, loaded, signed_in):
    answer = signed_in("office").post(PAGE, form_of(STAGE | broken))
    assert (answer.status_code, list(answer.context["stages"].forms[0].errors)) == (200, list(broken))
    assert nothing_was_kept()


@pytest.mark.parametrize(
    "change", [{"edition": "x"}, {"edition": -1}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": ""}]
)
def test_a_form_without_its_bookkeeping_keeps_nothing_and_says_so(change, loaded, signed_in):
    answer = signed_in("office").post(PAGE, form_of(STAGE) | change)
    assert (answer.status_code, answer.content.decode().count('role="alert"')) == (200, 1)
    assert nothing_was_kept()


def test_more_stages_than_nine_are_refused(loaded, signed_in):
    many = [STAGE | {"key": "", "step": number % 9 + 1} for number in range(10)]
    answer = signed_in("office").post(PAGE, form_of(*many))
    assert (answer.status_code, len(answer.context["stages"].non_form_errors())) == (200, 1)
    assert nothing_was_kept()
    assert signed_in("office").post(PAGE, form_of(*many[:9])).status_code == 302
    assert len(set(keys(in_use()))) == 9


def test_the_words_of_a_stage_are_shown_as_text_in_the_language_of_the_reader(loaded, signed_in):
    client = signed_in("office")
    client.post(PAGE, form_of(STAGE | {"title_zh": HOSTILE, "title_en": "Last word", "seat_zh": "甲", "seat_en": ""}))
    shown = {}
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        page = client.get(LIST).content.decode()
        shown[language] = (page.count(HOSTILE), page.count("&lt;img src=x"), page.count("Last word"))
    assert shown == {"zh-hans": (0, 1, 0), "en": (0, 0, 1)}
    with translation.override("en"):
        assert (in_use().stages.get().title, in_use().stages.get().seat) == ("Last word", "甲")


def test_a_condition_that_the_code_no_longer_knows_closes_no_page_and_is_asked_about(loaded, signed_in):
    in_use().stages.update(condition="gone")
    page = signed_in("office").get(LIST)
    assert (page.status_code, page.content.decode().count("gone")) == (200, 2)
    assert signed_in("office").get(PAGE).status_code == 200
    answer = signed_in("office").post(PAGE, form_of(STAGE | {"condition": "gone"}))
    assert list(answer.context["stages"].forms[0].errors) == ["condition"]


def test_a_kind_that_has_no_way_yet_is_shown_and_edited_from_what_the_code_says(cast, signed_in):
    page = signed_in("office").get(PAGE)
    shown = [form.initial["title_zh"] for form in page.context["stages"].forms if form.initial]
    default = KINDS[MOVE].default
    with translation.override("zh-hans"):
        assert shown == [str(stage.title) for stage in default]
    assert signed_in("observer").get(LIST).status_code == 200
    assert signed_in("office").post(PAGE, form_of(STAGE, edition=0)).status_code == 302
    assert (in_use().edition, in_use().made_by.username) == (1, "office")


def test_a_kind_that_comes_with_a_new_version_gets_its_way_and_the_others_keep_theirs(loaded, monkeypatch, person):
    edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    monkeypatch.setitem(KINDS, "new-kind", replace(KINDS[MOVE], key="new-kind"))
    assert (load_default_ways(), in_use("new-kind").edition, in_use().edition) == (1, 1, 2)
    assert [stage.key for stage in stages_now(KINDS["new-kind"])] == [stage.key for stage in KINDS[MOVE].default]


def test_the_record_of_an_edition_says_what_was_and_what_is(loaded, person):
    before = [(stage.key, stage.days) for stage in in_use().stages.all()]
    way = edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    told = Record.objects.of(way).get()
    assert (told.by, len(told.before["stages"]), [one["days"] for one in told.after["stages"]]) == (
        person("office"),
        len(before),
        [4],
    )


@pytest.mark.checklist("D4")
def test_what_is_already_submitted_is_not_asked_by_an_edition_that_comes_later(loaded, person, library):
    from tests.workgroups.coordination.filings.filings import answers_of
    from workgroups.coordination.filings import actions as filings

    asked = answers_of("move")
    filing = filings.begin("move", library("NH003"), by=person("nanhai"), asked=asked)
    filing = filings.submit(filing, by=person("nanhai"), checked=True)
    edit_way(KINDS[MOVE], [STAGE | {"key": "one"}], by=person("office"))
    before = [turn.key for turn in filing.turns.all()]
    assert [stage.key for stage in Filing.objects.get(pk=filing.pk).stages()] == before
    filings.recall(filing, by=person("nanhai"))
    assert [stage.key for stage in Filing.objects.get(pk=filing.pk).stages()] == ["one"]


@pytest.mark.parametrize("address", [LIST, PAGE])
def test_the_pages_cost_the_same_with_one_and_with_nine_stages(address, loaded, person, signed_in):
    client = signed_in("office")

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    edit_way(KINDS[MOVE], [STAGE], by=person("office"))
    few = asked()
    edit_way(KINDS[MOVE], [STAGE | {"key": f"s{n}", "step": n} for n in range(1, 10)], by=person("office"))
    assert asked() == few


def test_whoever_lost_the_right_while_the_page_was_open_is_refused(loaded, person, signed_in):
    client = signed_in("office")
    assert client.get(PAGE).status_code == 200
    person("office").grants.update(ended_at=timezone.now())
    person("office").user_permissions.clear()
    answer = client.post(PAGE, form_of(STAGE))
    assert (answer.status_code, nothing_was_kept()) == (403, True)
