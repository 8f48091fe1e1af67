"""Walk the pages of returns and months as the people of the cast (6.2.1 j)."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from members.periods.models import Period
from members.returns import actions
from members.returns.lines import timeline
from members.returns.models import Return
from reports.demo.cast import PEOPLE
from tests.members.returns.figures import SOUND, sound

EVERYBODY = [one.username for one in PEOPLE]
OVERSEERS = {"chair", "committee", "office", "coordination-lead", "technical-lead", "resources-lead"}
NANHAI = {"nanhai", "nanhai-reviewer"}
LIST, MONTHS, IMPORT = "/reports/returns/", "/reports/months/", "/reports/returns/import/"
EDIT = "/reports/returns/NH003/2026-02/edit/"
EMPTY = {**dict.fromkeys(SOUND, ""), **{f"{code}_note": "" for code in SOUND}, "version": "0"}


def form(do="save", version=0, notes=(), **changes):
    values = {code: "" if value is None else value for code, value in (SOUND | changes).items()}
    return EMPTY | values | {"version": version, "do": do} | dict(notes)


def statuses(as_person, address):
    found = {}
    for username in EVERYBODY:
        found.setdefault(as_person(username).get(address).status_code, set()).add(username)
    return found


@pytest.mark.checklist("B1")
def test_who_opens_which_page(submitted, as_person):
    one = submitted()
    everybody = set(EVERYBODY)
    for address in (LIST, MONTHS, "/reports/months/2026-02/", "/reports/indicators/"):
        assert statuses(as_person, address) == {200: everybody}, address
    seen = OVERSEERS | NANHAI
    assert statuses(as_person, one.get_absolute_url()) == {200: seen, 404: everybody - seen}
    give_back = reverse("returns:return-give-back", args=[one.pk])
    reviewer = {"nanhai-reviewer"}
    assert statuses(as_person, give_back) == {200: reviewer, 403: seen - reviewer, 404: everybody - seen}
    edit = "/reports/returns/NH004/2026-02/edit/"
    assert statuses(as_person, edit) == {200: {"nanhai"}, 403: seen - {"nanhai"}, 404: everybody - seen}
    importers = {"office", "central", "nanhai", "chancheng", "branch"}
    assert statuses(as_person, IMPORT) == {200: importers, 403: everybody - importers}
    assert statuses(as_person, "/reports/months/2026-01/lock/") == {200: {"office"}, 403: everybody - {"office"}}


@pytest.mark.checklist("B2")
@pytest.mark.parametrize("verb", ["submit", "accept", "give-back"])
def test_a_stranger_gets_404_for_every_form(submitted, as_person, verb):
    one = submitted()
    address = reverse(f"returns:return-{verb}", args=[one.pk])
    assert as_person("chancheng").post(address, {"version": one.version, "note": "x"}).status_code == 404
    assert as_person("chancheng").post(EDIT, form()).status_code == 404
    ticked = as_person("chancheng").post("/reports/returns/accept/", {"one": f"{one.pk}:{one.version}"})
    assert ticked.status_code == 404
    one.refresh_from_db()
    assert one.state == Return.State.SUBMITTED


@pytest.mark.checklist("B3")
def test_lists_counts_search_and_exports_show_the_own_district_only(submitted, as_person):
    submitted("NH003")
    client = as_person("chancheng")
    for query in ("", "?tab=all", "?tab=waiting", "?tab=all&q=NH003", "?tab=all&district=440605", "?state=submitted"):
        page = client.get(LIST + query)
        assert ("大沥" in page.content.decode(), "桂城" in page.content.decode()) == (False, False), query
        assert page.context["counts"].expected in (0, 2), query
    month = client.get("/reports/months/2026-02/")
    assert ("440605" in month.content.decode(), month.context["counts"].expected) == (False, 2)
    assert client.get(MONTHS).context["page"].object_list[0][1].expected == 2
    for query in ("?tab=all&format=csv", "?tab=waiting&format=csv", "?format=csv&period=2026-02&q=NH"):
        assert client.get("/reports/returns/export/" + query).content.count(b"\r\n") == 1
    workbook = openpyxl.load_workbook(io.BytesIO(client.get("/reports/returns/template/?period=2026-02").content))
    assert [cell.value for cell in workbook.worksheets[0]["A"]] == ["Library code", "CC001", "CC002"]


def test_an_observer_sees_no_figure(submitted, as_person):
    submitted()
    page = as_person("observer").get(LIST + "?tab=all")
    assert (page.context["counts"].expected, page.context["page"].paginator.count) == (0, 0)


@pytest.mark.clause("6.2.1 j")
def test_an_editor_fills_in_and_hands_in(as_person, person, stored):
    client = as_person("nanhai")
    assert client.get(EDIT).status_code == 200
    assert client.post(EDIT, form("save", V01="1,234")).status_code == 302
    assert (stored("NH003").state, stored("NH003").figures) == ("draft", SOUND)
    page = client.post(EDIT, form("submit", version=1, V01="０", L01="—", L02="闭馆", notes={"V01_note": "gate"}))
    one = stored("NH003")
    assert (page.status_code, page.url) == (302, one.get_absolute_url())
    assert (one.state, one.figures) == ("submitted", sound(V01=0, L01="na", L02="closed"))


def test_what_cannot_be_read_is_told_at_its_box(as_person):
    page = as_person("nanhai").post(EDIT, form("save", V01="1.2万", L01="-3"))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"V01", "L01"}
    assert Return.objects.count() == 0


def test_errors_stand_at_the_figure_and_questions_at_the_note(as_person):
    page = as_person("nanhai").post(EDIT, form("submit", L02=9999, N05=12))
    assert set(page.context["form"].errors) == {"L02", "N05_note"}
    assert b'value="9999"' in page.content
    assert Return.objects.count() == 0


def test_last_months_and_last_years_values_stand_beside(accepted, as_person):
    accepted(period="2026-01", V01=1111, R04=800)
    accepted(period="2025-02", V01=1055)
    page = as_person("nanhai").get(EDIT)
    line = page.context["boxes"][0].line
    assert (line.indicator.code, line.before.value, line.year_ago.value) == ("V01", 1111, 1055)


@pytest.mark.checklist("D3")
def test_a_double_click_hands_in_once(as_person, stored):
    client = as_person("nanhai")
    pages = [client.post(EDIT, form("submit")) for __ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert (stored("NH003").state, stored("NH003").round) == ("submitted", 1)


@pytest.mark.checklist("D5")
def test_the_second_to_save_is_told_and_sees_both_versions(draft, as_person, stored):
    draft(V01=1000)
    client = as_person("nanhai")
    draft(V01=1111)
    page = client.post(EDIT, form("save", version=1, V01=1222))
    assert page.status_code == 409
    assert b'value="1222"' in page.content
    assert page.context["boxes"][0].stored.value == 1111
    assert "1,111" in page.content.decode()
    assert stored("NH003").figures["V01"] == 1111
    client.post(EDIT, form("save", version=page.context["form"]["version"].value(), V01=1222))
    assert stored("NH003").figures["V01"] == 1222


@pytest.mark.checklist("D5")
def test_text_is_kept_when_somebody_else_has_handed_in_or_the_month_was_locked(submitted, as_person, person):
    submitted()
    page = as_person("nanhai").post(EDIT, form("save", version=1, V01=1222))
    assert (page.status_code, b'value="1222"' in page.content) == (409, True)


def test_a_draft_is_handed_in_from_its_page(draft, as_person, stored):
    one = draft()
    client = as_person("nanhai")
    assert b"/submit/" in client.get(one.get_absolute_url()).content
    client.post(reverse("returns:return-submit", args=[one.pk]), {"version": one.version})
    assert stored("NH003").state == "submitted"
    two = draft("NH004", N05=12)
    page = client.post(reverse("returns:return-submit", args=[two.pk]), {"version": two.version})
    assert (page.status_code, stored("NH004").state) == (200, "draft")
    assert b'href="/reports/returns/NH004/2026-02/edit/"' in page.content


@pytest.mark.clause("6.2.1 j")
def test_a_reviewer_accepts_what_was_looked_at(submitted, as_person, stored):
    one = submitted()
    address = reverse("returns:return-accept", args=[one.pk])
    client = as_person("nanhai-reviewer")
    assert client.post(address, {"version": one.version - 1}).status_code == 409
    assert client.post(address, {}).status_code == 200
    assert stored("NH003").state == "submitted"
    assert client.post(address, {"version": one.version}).url == one.get_absolute_url()
    assert stored("NH003").state == "accepted"
    assert client.post(address, {"version": one.version + 1}).status_code == 409


def test_a_reviewer_gives_back_with_words(submitted, as_person, stored):
    one = submitted()
    address = reverse("returns:return-give-back", args=[one.pk])
    client = as_person("nanhai-reviewer")
    assert client.post(address, {"version": one.version, "note": ""}).status_code == 200
    assert client.post(address, {"version": one.version, "note": "L01?"}).status_code == 302
    assert stored("NH003").state == "returned"
    assert b"L01?" in as_person("nanhai").get(one.get_absolute_url()).content


def test_ticked_returns_are_accepted_and_the_rest_is_told(submitted, library, person, as_person, stored):
    plain = submitted("NH003")
    explained = actions.hand_in(library("NH004"), "2026-02", sound(N05=12), {"N05": "flood"}, by=person("nanhai"))
    ticks = [f"{one.pk}:{one.version}" for one in (plain, explained)]
    client, sent = as_person("nanhai-reviewer"), {"one": [*ticks, ticks[0]]}
    asked = client.post("/reports/returns/accept/", sent)
    assert ([one.pk for one in asked.context["ready"]], asked.context["left"][0][0].pk) == ([plain.pk], explained.pk)
    assert b"1 return is accepted. 1 is left to be looked at." in asked.content
    assert stored("NH003").state == "submitted"
    page = client.post("/reports/returns/accept/", sent | {"confirmed": "yes"}, follow=True)
    assert (stored("NH003").state, stored("NH004").state) == ("accepted", "submitted")
    assert b"1 return accepted." in page.content
    assert b"open it and decide" in page.content


def test_buttons_show_what_the_rule_allows_and_else_its_sentence(submitted, as_person):
    one = submitted()
    accept = reverse("returns:return-accept", args=[one.pk]).encode()
    assert accept in as_person("nanhai-reviewer").get(one.get_absolute_url()).content
    page = as_person("nanhai").get(one.get_absolute_url()).content
    assert (accept in page, b"Nobody reviews a matter of their own." in page) == (False, True)


def test_the_tabs_say_who_waits_for_whom(submitted, as_person):
    submitted("NH003")
    counts = {
        username: [tab["count"] for tab in as_person(username).get(LIST).context["tabs"]]
        for username in ("nanhai", "nanhai-reviewer", "branch", "office", "chancheng")
    }
    assert counts == {
        "nanhai": [3, 0, 4],
        "nanhai-reviewer": [0, 1, 4],
        "branch": [1, 0, 1],
        "office": [0, 0, 10],
        "chancheng": [2, 0, 2],
    }


def test_the_list_begins_with_the_month_that_is_due(as_person):
    page = as_person("office").get(LIST)
    assert page.context["list"].period.code == "2026-02"
    assert len(page.context["missing"]) == 10


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("state=submitted", ["NH003"]),
        ("state=missing&district=440605", ["NH001", "NH002", "NH004"]),
        ("q=nh00&state=draft", ["NH002"]),
        ("q=大沥", ["NH003"]),
        ("state=questioned", ["NH002"]),
        ("state=accepted", []),
        ("period=2026-01&district=440604", ["CC001", "CC002"]),
    ],
)
def test_the_list_is_narrowed(submitted, draft, as_person, query, codes):
    submitted("NH003")
    draft("NH002", N05=12)
    page = as_person("office").get(f"{LIST}?tab=all&{query}")
    assert [row.library.code for row in page.context["page"]] == codes


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "address",
    [
        LIST + "?period=2026-13&district=x&state=x&tab=x&page=x",
        LIST + "?q=%00%1f'\"<b>&page=999999",
        "/reports/months/?page=-1",
    ],
)
def test_nonsense_in_an_address_is_ignored(as_person, address):
    assert as_person("office").get(address).status_code == 200


@pytest.mark.checklist("C1")
@pytest.mark.parametrize(
    "address",
    [
        "/reports/months/2026-13/",
        "/reports/months/x/lock/",
        "/reports/returns/NH003/soon/edit/",
        "/reports/returns/NH999/2026-02/edit/",
        "/reports/returns/99999999999999999999/",
        "/reports/returns/template/?period=x",
    ],
)
def test_what_is_not_there_is_404(as_person, address):
    assert as_person("office").get(address).status_code == 404


@pytest.mark.clause("6.2.1 j")
def test_the_office_locks_after_a_tick(accepted, as_person):
    accepted()
    client = as_person("office")
    address = "/reports/months/2026-02/lock/"
    assert client.get(address).context["counts"].missing == 9
    assert client.post(address, {"missing": 9}).status_code == 200
    assert client.post(address, {"missing": 8, "seen": "on"}).status_code == 409
    assert Period.objects.get().is_locked is False
    assert client.post(address, {"missing": 9, "seen": "on"}).url == "/reports/months/2026-02/"
    assert Period.objects.get().is_locked is True
    assert client.get("/reports/months/2026-02/").status_code == 200
    assert client.get(EDIT).status_code == 403


def test_looking_changes_nothing(as_person):
    client = as_person("office")
    for address in (LIST, MONTHS, "/reports/months/2026-02/", "/reports/months/2026-02/lock/", IMPORT):
        assert client.get(address).status_code == 200
    assert client.get("/reports/returns/template/?period=2026-02").status_code == 200
    assert Period.objects.count() == 0


def test_the_history_names_figures_and_explanations_by_their_indicator(draft, person, library, clock):
    draft()
    clock.shift(timedelta(hours=1))
    one = actions.save_draft(library("NH003"), "2026-02", sound(V01=1250), {"V01": "闸机更换"}, by=person("nanhai"))
    assert [str(label) for label, __, __ in timeline(one)[0]["changes"]] == [
        "Physical visits",
        "Explanation: Physical visits",
    ]


def test_enter_saves_the_draft_and_never_hands_in(as_person):
    page = as_person("nanhai").get(EDIT).content.decode()
    buttons = re.findall(r'<button type="submit"[^>]*value="(\w+)"', page[page.index('name="version"') :])
    assert buttons == ["save", "submit"]


def test_empty_cells_are_something_to_look_at(library, person, as_person, stored):
    figures = {code: value for code, value in sound().items() if code not in ("E01", "E02")}
    one = actions.hand_in(library("NH003"), "2026-02", figures, {}, by=person("nanhai"))
    client = as_person("nanhai-reviewer")
    assert f'value="{one.pk}:'.encode() not in client.get(LIST + "?tab=waiting").content
    sent = {"one": [f"{one.pk}:{one.version}"], "confirmed": "yes"}
    page = client.post("/reports/returns/accept/", sent, follow=True)
    assert b"No figure was given for: E01, E02; open it and decide." in page.content
    assert stored("NH003").state == "submitted"


def test_an_act_says_what_it_will_do(submitted, as_person):
    page = as_person("nanhai-reviewer").get(reverse("returns:return-accept", args=[submitted().pk]))
    assert (
        f"{len(SOUND)} figures of 大沥分馆（演示） (NH003) count in February 2026; 0 stay empty.".encode()
        in page.content
    )


def test_the_lock_says_what_it_will_do(accepted, as_person):
    accepted()
    page = as_person("office").get("/reports/months/2026-02/lock/").content
    assert b"Locks 1 return of 10 libraries; 9 are missing." in page
