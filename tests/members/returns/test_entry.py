"""Save a form while it is typed into, and say beside each box what the server makes of it (6.2.1 j)."""

from datetime import timedelta

import pytest

from fsul_portal.records.models import Record
from members.indicators.models import Indicator
from members.returns import actions
from members.returns.lines import timeline
from members.returns.models import Return
from tests.members.returns.figures import SOUND, sound

EDIT, KEEP = "/reports/returns/NH003/2026-02/edit/", "/reports/returns/NH003/2026-02/keep/"


def sent(version=0, **typed):
    return typed | {"version": version}


@pytest.mark.clause("6.2.1 j")
def test_what_is_typed_is_saved_as_a_draft_with_the_version_of_the_page(as_person, stored):
    client = as_person("nanhai")
    first = client.post(KEEP, sent(V01="１,234", L01="—"))
    assert (first.status_code, first.context["kept"].state, first.context["kept"].one.version) == (200, "saved", 1)
    second = client.post(KEEP, sent(1, V01="1234", L01="闭馆"))
    assert second.context["kept"].one.version == 2
    one = stored("NH003")
    assert (one.state, one.figures) == ("draft", {"V01": 1234, "L01": "closed"})


def test_saving_the_same_again_leaves_no_trace(as_person, stored):
    client = as_person("nanhai")
    for version in (0, 1):
        assert client.post(KEEP, sent(version, V01="5")).context["kept"].state == "saved"
    assert (stored("NH003").version, Record.objects.of(stored("NH003")).count()) == (1, 1)


def test_a_box_that_cannot_be_read_keeps_what_is_stored_and_the_rest_is_saved(draft, as_person, stored):
    draft(V01=1000)
    page = as_person("nanhai").post(KEEP, {**SOUND, "version": 1, "V01": "1.2万", "L04": "561"})
    assert (page.context["kept"].state, page.context["kept"].unread) == ("partly", 1)
    assert (stored("NH003").figures["V01"], stored("NH003").figures["L04"]) == (1000, 561)
    assert [one.field.name for one in page.context["told"]] == ["V01"]


def test_an_explanation_that_was_not_sent_stays(library, person, as_person, stored):
    actions.save_draft(library("NH003"), "2026-02", sound(N05=12), {"N05": "flood"}, by=person("nanhai"))
    as_person("nanhai").post(KEEP, {**SOUND, "version": 1, "N05": "13"})
    assert stored("NH003").notes == {"N05": "flood"}
    as_person("nanhai").post(KEEP, {**SOUND, "version": 2, "N05": "13", "N05_note": ""})
    assert stored("NH003").notes == {}


@pytest.mark.checklist("D5")
def test_an_older_page_saves_nothing_and_says_who_was_faster(draft, as_person, stored):
    draft(V01=1000)
    draft(V01=1111)
    page = as_person("nanhai").post(KEEP, sent(1, V01="5"))
    assert (page.status_code, page.context["kept"].state, stored("NH003").figures["V01"]) == (409, "overtaken", 1111)
    assert b"changed this at" in page.content


def test_what_was_handed_in_meanwhile_is_not_saved_any_more(submitted, as_person, stored):
    one = submitted()
    page = as_person("nanhai").post(KEEP, sent(one.version, V01="5"))
    assert (page.status_code, page.context["kept"].state) == (409, "overtaken")
    assert stored("NH003").figures == SOUND


def test_a_save_without_its_version_is_refused(as_person):
    page = as_person("nanhai").post(KEEP, {"V01": "5"})
    assert (page.status_code, page.context["kept"].state, Return.objects.count()) == (409, "refused", 0)


def test_a_figure_that_is_no_longer_asked_is_told_and_not_dropped(as_person):
    Indicator.objects.filter(code="E02").update(asked_from="2026-03-01")
    page = as_person("nanhai").post(KEEP, sent(V01="5", E02="7"))
    assert (page.status_code, page.context["kept"].state) == (409, "refused")
    assert b"E02 is not asked of this library" in page.content


@pytest.mark.checklist("B2")
def test_only_its_editors_save_a_form(as_person):
    found = {name: as_person(name).post(KEEP, sent(V01="5")).status_code for name in ("chancheng", "nanhai-reviewer")}
    assert (found, Return.objects.count()) == ({"chancheng": 404, "nanhai-reviewer": 403}, 0)


def test_the_answer_says_beside_each_box_what_the_checks_say(accepted, as_person):
    accepted(period="2026-01", R04=800, L02=560)
    page = as_person("nanhai").post(KEEP, {**SOUND, "version": 0, "L02": "568", "N05": "12", "R04": "900"})
    told = [(one.line.indicator.code, one.field.name, one.blocks) for one in page.context["told"]]
    assert told == [("L02", "L02", True), ("R04", "R04", True), ("N05", "N05_note", False)]
    assert [one.advice for one in page.context["told"][1:]] == [
        "Correct the figure.",
        "Correct the figure, or explain it.",
    ]
    assert b'id="id_L02-wrong"' in page.content


def test_an_explained_question_is_no_longer_in_the_way(as_person):
    page = as_person("nanhai").post(KEEP, {**SOUND, "version": 0, "N05": "12", "N05_note": "flood"})
    box = next(box for box in page.context["boxes"] if box.line.indicator.code == "N05")
    assert (page.context["told"], box.is_explained, len(box.asked)) == ([], True, 1)


def test_a_balance_is_offered_for_an_empty_box_and_never_written(accepted, as_person, stored):
    accepted(period="2026-01", R04=800)
    client = as_person("nanhai")

    def offered(page):
        return next(box.offer for box in page.context["boxes"] if box.line.indicator.code == "R04")

    page = client.post(KEEP, sent(R01="12", R03="3"))
    assert (offered(page).value, "R04" in stored("NH003").figures) == (809, False)
    assert b'data-value="809"' in client.get(EDIT).content
    assert offered(client.post(KEEP, sent(1, R01="12", R03="3", R04="5"))) is None
    assert offered(client.post(KEEP, sent(2, R01="12", R03="—"))) is None


def test_progress_counts_marks_as_filled_in(as_person):
    page = as_person("nanhai").post(KEEP, sent(V01="0", L01="—", L02="闭馆", R01=""))
    assert page.context["progress"] == {"filled": 3, "asked": len(SOUND)}


def test_what_one_person_saved_in_one_go_is_one_entry_of_the_history(as_person, stored, clock):
    client = as_person("nanhai")
    for version, value in enumerate(("1", "12", "123")):
        client.post(KEEP, sent(version, V01=value))
    clock.shift(timedelta(minutes=31))
    as_person("nanhai").post(KEEP, sent(3, V01="124"))
    found = [[change[1:] for change in entry["changes"]] for entry in timeline(stored("NH003"))]
    assert found == [[(123, 124)], [("not reported", 123)]]


def test_what_was_refused_at_handing_in_is_judged_as_it_was_typed(draft, as_person):
    draft()
    page = as_person("nanhai").post(EDIT, {**SOUND, "version": 1, "L02": "9999", "do": "submit"})
    box = next(box for box in page.context["boxes"] if box.line.indicator.code == "L02")
    assert (box.line.now.value, len(box.wrong), box.stored.value) == (9999, 1, SOUND["L02"])


def test_last_years_explanation_of_a_figure_is_offered_where_it_is_asked_again(library, person, as_person):
    actions.hand_in(library("NH003"), "2025-02", sound(N05=12), {"N05": "spring cleaning"}, by=person("nanhai"))
    client = as_person("nanhai")

    def offered(page):
        return {box.line.indicator.code: box.earlier for box in page.context["boxes"] if box.earlier}

    page = client.post(KEEP, {**SOUND, "version": 0, "N05": "12"})
    assert (offered(page), b'data-value="spring cleaning"' in page.content) == ({"N05": "spring cleaning"}, True)
    assert offered(client.post(KEEP, {**SOUND, "version": 1, "N05": "12", "N05_note": "flood"})) == {}
    assert b"spring cleaning" not in client.post(KEEP, {**SOUND, "version": 2, "N05": "26", "N05_note": ""}).content


def test_a_reviewer_finds_first_what_is_asked_explained_or_blank(library, person, as_person):
    figures = {code: value for code, value in sound(N05=12).items() if code != "L04"}
    one = actions.hand_in(library("NH003"), "2026-02", figures, {"N05": "flood", "R01": "a drive"}, by=person("nanhai"))
    lines = as_person("nanhai-reviewer").get(one.get_absolute_url()).context["lines"]
    assert [line.indicator.code for line in lines][:4] == ["N05", "L04", "R01", "V01"]


def test_a_reviewer_sees_what_has_changed_since_he_gave_it_back(submitted, person, as_person, library):
    one = actions.give_back(submitted(), by=person("nanhai-reviewer"), note="V01?")
    reviewer = as_person("nanhai-reviewer")
    assert reviewer.get(one.get_absolute_url()).context["since"] is None
    for value in (1235, 1250):
        actions.save_draft(library("NH003"), "2026-02", sound(V01=value), {"V01": "gate"}, by=person("nanhai"))
    since = reviewer.get(one.get_absolute_url()).context["since"]
    assert (since[0].verb, [change[1:] for change in since[1]]) == (
        "returned",
        [(1234, 1250), (None, "gate")],
    )
    assert as_person("nanhai").get(one.get_absolute_url()).context["since"] is None
