"""Hold the pages of filings: the form, the list, the acts, and what a hostile hand sends (6.2.1 e)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.libraries.actions import close_library, open_library
from tests.workgroups.coordination.filings.filings import (
    LIST,
    answers_of,
    as_typed,
    behind_its_back,
    fresh,
    in_days,
    on_page,
)
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.models import Filing

NEW = f"{LIST}new/?kind=move&library=NH003"
PAGE_QUERIES = 20
SCRIPT = "<script>alert('馆')</script>"


@pytest.mark.clause("6.2.1 e")
def test_the_editor_finds_a_library_by_code_and_by_a_part_of_its_name(signed_in):
    client = signed_in("nanhai")
    for text in ("NH003", "nh003", "大沥分馆"):
        answer = client.get(f"{LIST}new/", {"kind": "move", "library": text})
        assert answer.context["library"].code == "NH003"


def test_several_matches_are_offered_to_choose_from(signed_in):
    form = signed_in("nanhai").get(f"{LIST}new/", {"kind": "move", "library": "分馆"}).context["form"]
    assert [spell.library.code for spell in form.matches] == ["NH002", "NH003"]


def test_suggestions_hold_only_libraries_in_the_own_hands(signed_in):
    def suggested(username, text):
        answer = signed_in(username).get(f"{LIST}libraries/", {"library": text})
        return [spell.library.code for spell in answer.context["spells"]]

    assert suggested("nanhai", "演示") == ["NH001", "NH002", "NH003", "NH004"]
    assert suggested("branch", "演示") == ["NH002"]
    assert suggested("observer", "演示") == []
    assert suggested("nanhai", "") == []


def test_a_foreign_library_is_not_found_in_the_form(signed_in):
    answer = signed_in("nanhai").post(f"{LIST}new/?kind=move&library=CC002", as_typed(token="x"))
    assert (answer.status_code, Filing.objects.count()) == (200, 0)
    assert list(answer.context["form"].errors) == ["library"]


@pytest.mark.checklist("B4")
def test_extra_fields_change_nothing_protected(signed_in):
    extra = {"state": "accepted", "number": "FSUL-BA-2026-0001", "status": "closed", "library": "CC002", "name": "x"}
    signed_in("nanhai").post(NEW, as_typed(token="x") | extra)
    filing = Filing.objects.get()
    assert (filing.state, filing.number, filing.library.code) == ("draft", None, "NH003")
    assert "status" not in filing.requested


@pytest.mark.checklist("D3")
def test_the_same_form_sent_twice_begins_one_filing(signed_in):
    client = signed_in("nanhai")
    token = client.get(NEW).context["form"].initial["token"]
    answers = [client.post(NEW, as_typed(token=token)) for __ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {Filing.objects.get().get_absolute_url()}


def test_the_token_of_a_form_speaks_for_one_person_only(signed_in, person, library):
    actions.begin("move", library("NH002"), by=person("nanhai"), asked=answers_of(), token="shared")
    signed_in("branch").post(f"{LIST}new/?kind=suspension&library=NH002", as_typed("suspension", token="shared"))
    assert Filing.objects.filter(form_token="shared").count() == 2


def test_what_blocks_is_said_at_its_field_and_the_text_is_kept(signed_in):
    answer = signed_in("nanhai").post(NEW, as_typed(day=in_days(-90), token="x", reason="漏水"))
    form = answer.context["form"]
    assert (list(form.errors), form["reason"].value(), Filing.objects.count()) == (["effective_on"], "漏水", 0)


def test_another_filing_of_the_kind_is_named_with_a_link(signed_in, submitted):
    filing = submitted()
    answer = signed_in("nanhai").post(NEW, as_typed(token="x"))
    errors = answer.context["form"].non_field_errors()
    assert len(errors) == 1
    assert f'<a href="{filing.get_absolute_url()}">' in answer.content.decode()


@pytest.mark.checklist("D5")
def test_who_edits_an_old_version_is_told_and_keeps_his_text(signed_in, draft, person):
    filing = draft()
    url, old = f"{LIST}{filing.pk}/edit/", filing.version
    asked = answers_of(reason="别人先改的")
    actions.edit(filing, by=person("nanhai"), version=old, asked=asked)
    client = signed_in("nanhai")
    answer = client.post(url, as_typed(reason="我后改的") | {"version": old})
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (409, "我后改的")
    assert answer.context["filing"].reason == fresh(filing).reason == "别人先改的"
    again = client.post(url, as_typed(reason="我后改的") | {"version": answer.context["form"]["version"].value()})
    assert (again.status_code, fresh(filing).reason) == (302, "我后改的")


@pytest.mark.checklist("D5")
def test_a_reviewer_with_an_old_page_is_told_and_keeps_his_note(signed_in, submitted, person):
    filing = submitted()
    old = on_page(filing, note="同意")
    actions.give_back(filing, by=person("nanhai-reviewer"), note="补正")
    filing = actions.submit(fresh(filing), by=person("nanhai"))
    answer = signed_in("nanhai-reviewer").post(f"{LIST}{filing.pk}/agree/", old)
    form = answer.context["form"]
    assert (answer.status_code, form["note"].value(), int(form["version"].value())) == (409, "同意", filing.version)
    assert fresh(filing).opinions.count() == 1


@pytest.mark.checklist("D4")
def test_who_comes_second_reads_who_was_faster(signed_in, signed, person):
    filing = signed()
    page = on_page(filing)
    actions.refuse(filing, by=person("coordination-lead"), note="不符")
    answer = signed_in("coordination-lead").post(f"{LIST}{filing.pk}/agree/", page)
    assert answer.status_code == 409
    assert "李统筹" in answer.content.decode()


@pytest.mark.clause("6.2.1 e")
def test_a_tick_counts_only_for_the_registry_that_was_on_the_page(signed_in, signed):
    filing = signed()
    client, url = signed_in("coordination-lead"), f"{LIST}{filing.pk}/agree/"
    behind_its_back("NH003", in_days(1), address="大沥临时路1号")
    form = client.get(url).context["form"]
    ticked = on_page(filing, facts=form.fields["facts"].initial, seen="on", note="已核对")
    behind_its_back("NH003", in_days(2), address="大沥临时路2号")
    answer = client.post(url, ticked)
    form = answer.context["form"]
    assert (list(form.errors), form["seen"].value(), form["note"].value()) == (["seen"], False, "已核对")
    ticked = on_page(filing, facts=form["facts"].value(), seen="on")
    assert (client.post(url, ticked).status_code, fresh(filing).state) == (302, Filing.State.ACCEPTED)


def test_three_columns_show_submission_request_and_registry(signed):
    filing = signed()
    behind_its_back("NH003", in_days(1), address="大沥临时路1号", phone="0757-1")
    compared = compare(fresh(filing)).rows
    rows = {row.label: (row.original, row.requested, row.current, row.has_moved) for row in compared}
    moved = [columns for columns in rows.values() if columns[3]]
    assert moved == [
        ("大沥演示路8号", "大沥演示路88号", "大沥临时路1号", True),
        ("", "", "0757-1", True),
    ]


@pytest.mark.parametrize("verb", ["give-back", "refuse"])
def test_nobody_returns_or_refuses_without_a_word(signed_in, submitted, verb):
    filing = submitted()
    answer = signed_in("nanhai-reviewer").post(f"{LIST}{filing.pk}/{verb}/", on_page(filing, note="  "))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["note"])
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.checklist("B1")
@pytest.mark.parametrize("page", ["", "edit/", "submit/", "agree/", "give-back/", "refuse/", "withdraw/", "carry-out/"])
def test_another_district_finds_nothing(signed_in, draft, page):
    filing = draft()
    client = signed_in("chancheng")
    assert client.get(f"{LIST}{filing.pk}/{page}").status_code == 404
    assert client.post(f"{LIST}{filing.pk}/{page}", on_page(filing)).status_code == (405 if page == "" else 404)


@pytest.mark.checklist("B3")
def test_lists_and_counts_hold_only_what_one_may_see(signed_in, draft, submitted):
    draft("NH002")
    submitted("NH003")
    people = ("branch", "chancheng", "chair")
    seen = {name: signed_in(name).get(LIST).context["page"].paginator.count for name in people}
    assert seen == {"branch": 1, "chancheng": 0, "chair": 2}


def test_the_list_is_filtered_by_state_kind_district_and_library(signed_in, draft, submitted):
    draft("NH002")
    submitted("NH003")
    draft("NH003", "suspension")
    client = signed_in("chair")

    def found(**query):
        return sorted(str(filing.library.code) for filing in client.get(LIST, query).context["page"])

    assert found(state="submitted") == ["NH003"]
    assert found(kind="suspension") == ["NH003"]
    assert found(library="nh002") == ["NH002"]
    assert found(district="440605") == ["NH002", "NH003", "NH003"]
    assert found(district="440604") == []


def test_the_tabs_hold_what_waits_and_what_is_in_hand(signed_in, draft, submitted):
    waiting, mine = submitted("NH003"), draft("NH002")
    shown = signed_in("nanhai-reviewer").get(LIST, {"tab": "waiting"}).context
    assert ([filing.pk for filing in shown["page"]], counts_of(shown)) == ([waiting.pk], [None, 1, 0])
    shown = signed_in("nanhai").get(LIST, {"tab": "drafts"}).context
    assert ([filing.pk for filing in shown["page"]], counts_of(shown)) == ([mine.pk], [None, 0, 1])


@pytest.mark.parametrize("username", ["nanhai", "nanhai-reviewer", "coordination-lead", "office"])
def test_the_page_of_a_filing_stays_under_its_ceiling(signed_in, draft, submitted, person, username):
    first = submitted("NH003")
    signed = actions.agree(first, by=person("nanhai-reviewer"))
    asked = answers_of(town="440605124", reason="换址")
    edited = actions.edit(draft("NH002"), by=person("nanhai"), version=0, asked=asked)
    for filing in (edited, signed):
        assert queries_of(signed_in(username), filing.get_absolute_url(), {}) <= PAGE_QUERIES


def test_the_list_goes_out_as_a_file_with_what_is_shown(signed_in, draft, submitted):
    draft("NH002")
    submitted("NH003")
    answer = signed_in("chair").get(f"{LIST}export.csv", {"state": "submitted"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert (len(rows), "NH003" in rows[1]) == (2, True)


def counts_of(shown):
    return [tab["count"] for tab in shown["tabs"]]


@pytest.mark.parametrize("query", [{}, {"tab": "waiting"}, {"tab": "drafts"}, {"district": "440605", "state": "draft"}])
def test_the_list_costs_the_same_queries_with_many_filings(signed_in, submitted, draft, person, library, query):
    submitted("NH003")
    draft("NH002")
    few = queries_of(signed_in("nanhai"), LIST, query)
    for number in range(20):
        facts = library("NH003").facts
        copied = {"name": f"新馆{number}", "level": "branch", "parent": facts.parent, "district": facts.district}
        other = open_library(f"NH1{number:02}", copied, since=in_days(-100))
        begun = actions.begin("suspension", other, by=person("nanhai"), asked=answers_of("suspension"))
        if number % 2:
            actions.submit(begun, by=person("nanhai"))
    assert queries_of(signed_in("nanhai"), LIST, query) == few


def queries_of(client, path, query=None):
    client.get(path, query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, query).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["", "edit/", "submit/", "agree/", "give-back/", "refuse/", "withdraw/", "carry-out/"])
def test_looking_changes_nothing(signed_in, draft, signed, approved, page):
    for filing in (draft("NH001"), signed("NH003"), approved("NH004")):
        before = list(Filing.objects.order_by("pk").values())
        for username in ("nanhai", "nanhai-reviewer", "coordination-lead"):
            signed_in(username).get(f"{LIST}{filing.pk}/{page}")
        assert list(Filing.objects.order_by("pk").values()) == before


@pytest.mark.checklist("C2")
def test_text_of_people_is_shown_as_text(signed_in, draft, person):
    behind_its_back("NH003", in_days(-3), name=SCRIPT, short_name=SCRIPT)
    filing = actions.submit(draft(reason=SCRIPT, address=SCRIPT), by=person("nanhai"), note=SCRIPT)
    filing = actions.agree(filing, by=person("nanhai-reviewer"), note=SCRIPT)
    client = signed_in("coordination-lead")
    pages = [LIST, filing.get_absolute_url(), f"{LIST}{filing.pk}/refuse/", "/admin/workgroups/filing/"]
    pages += [f"/admin/workgroups/filing/{filing.pk}/change/"]
    texts = {page: client.get(page).content.decode() for page in pages}
    assert {page: (SCRIPT in text, "alert(" in text) for page, text in texts.items()} == dict.fromkeys(
        pages, (False, True)
    )
    suggestions = signed_in("nanhai").get(f"{LIST}libraries/", {"library": "NH003"}).content.decode()
    assert SCRIPT not in suggestions


@pytest.mark.checklist("C1")
def test_control_characters_never_reach_the_row(signed_in):
    signed_in("nanhai").post(NEW, as_typed(token="x", reason="漏\x00水\x1b[31m\u202e", address="大沥\x07路\x0b9号"))
    filing = Filing.objects.get()
    assert (filing.reason, filing.requested["address"]) == ("漏水[31m", "大沥路9号")


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "typed",
    [
        {"effective_on": "0000-00-00"},
        {"effective_on": "9999-12-31"},
        {"effective_on": "' OR 1=1 --"},
        {"longitude": "NaN", "latitude": "Infinity"},
        {"longitude": "1e400", "latitude": "-1e400"},
        {"town": "440605125' --"},
        {"town": "999999999999"},
        {"crs": "WGS99"},
        {"address": "长" * 201},
        {"reason": ""},
        {"reason": "由" * 2001},
    ],
)
def test_hostile_values_are_refused_with_a_sentence(signed_in, typed):
    answer = signed_in("nanhai").post(NEW, as_typed(token="x") | typed)
    assert (answer.status_code, bool(answer.context["form"].errors), Filing.objects.count()) == (200, True, 0)


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("token", ["t" * 41, "令" * 60])
def test_a_hostile_token_begins_nothing(signed_in, token):
    assert signed_in("nanhai").post(NEW, as_typed(token=token)).status_code == 200
    assert Filing.objects.count() == 0


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "1.5"])
def test_a_hostile_version_changes_nothing(signed_in, submitted, version):
    filing = submitted()
    answer = signed_in("nanhai-reviewer").post(f"{LIST}{filing.pk}/agree/", {"version": version, "note": ""})
    assert answer.status_code in {200, 409}
    assert fresh(filing).step == 1


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}0/",
        f"{LIST}{10**30}/",
        f"{LIST}-1/",
        f"{LIST}1'/",
        f"{LIST}1/approve/",
        f"{LIST}{10**30}/agree/",
    ],
)
def test_hostile_addresses_find_nothing(signed_in, path):
    assert signed_in("nanhai").get(path).status_code == 404


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"},
        {"page": 10**30},
        {"page": "-1"},
        {"tab": "'"},
        {"state": "\x00"},
        {"state": "everything"},
        {"district": "440605\x00"},
        {"district": "' OR 1=1"},
        {"library": "%_'"},
        {"library": "馆" * 500},
        {"kind": "\x1b"},
    ],
)
def test_hostile_queries_give_a_page(signed_in, query):
    assert signed_in("nanhai").get(LIST, query).status_code == 200
    assert signed_in("nanhai").get(f"{LIST}new/", query).status_code == 200
    assert signed_in("nanhai").get(f"{LIST}libraries/", query).status_code == 200


def test_who_files_for_nobody_reads_why_he_cannot_begin(signed_in):
    for username in ("observer", "chair", "coordination-lead"):
        assert signed_in(username).get(f"{LIST}new/").status_code == 403


def test_somebody_with_one_library_finds_it_filled_in(signed_in):
    form = signed_in("branch").get(f"{LIST}new/").context["form"]
    assert form.initial == {"library": "NH002", "kind": "move"}


def test_the_page_of_a_library_that_has_left_still_opens(signed_in, approved, library, time_machine):
    filing = approved(day=in_days(0))
    close_library(library("NH003"), on=in_days(1))
    time_machine.move_to(f"{in_days(3)}T09:00:00+08:00")
    assert signed_in("chair").get(filing.get_absolute_url()).status_code == 200
    assert signed_in("chair").get(LIST).status_code == 200
