"""Fill in, look at and hand in the returns of a district on one page (6.2.1 j)."""

import pytest

from members.months.actions import lock
from members.periods.models import period_named
from members.returns import actions
from members.returns.entry.sheet import Sheet
from members.returns.rules import may_write
from tests.members.returns.figures import SOUND, sound
from tests.members.returns.test_page_costs import more_libraries, queries_of

SHEET = "/reports/returns/sheet/2026-02/"
HAND_IN = f"{SHEET}hand-in/?district=440605"


def keep(client, code, version=0, **typed):
    return client.post(f"{SHEET}{code}/keep/", typed | {"version": version})


def rows(page):
    return {row.library.code: row for row in page.context["sheet"].rows}


def codes(found):
    return [row.library.code for row in found]


@pytest.mark.clause("6.2.1 j")
def test_the_libraries_of_a_district_stand_on_one_page_in_the_offices_order(as_person):
    page = as_person("nanhai").get(SHEET)
    assert codes(page.context["sheet"].rows) == ["NH001", "NH002", "NH003", "NH004"]
    assert [one.code for one in page.context["sheet"].indicators] == list(SOUND)
    assert page.content.count(b'name="V01"') == 4


@pytest.mark.checklist("B3")
def test_everybody_sees_his_own_rows_and_a_stranger_none(as_person):
    found = {
        name: codes(as_person(name).get(SHEET).context["sheet"].rows) for name in ("chancheng", "branch", "observer")
    }
    assert found == {"chancheng": ["CC001", "CC002"], "branch": ["NH002"], "observer": []}
    assert as_person("chancheng").get(f"{SHEET}?district=440605").status_code == 404
    assert as_person("office").get(f"{SHEET}?district=440605").status_code == 200
    assert as_person("office").get("/reports/returns/sheet/soon/").status_code == 404


def test_a_row_saves_itself_and_one_that_cannot_be_read_holds_up_none(as_person, stored):
    client = as_person("nanhai")
    fine, partly = keep(client, "NH003", V01="1,234", L01="—"), keep(client, "NH004", V01="7", L01="1.2万")
    assert [page.context["kept"].state for page in (fine, partly)] == ["saved", "partly"]
    assert (stored("NH003").figures, stored("NH004").figures) == ({"V01": 1234, "L01": "na"}, {"V01": 7})
    assert (partly.context["invalid"], fine.context["invalid"]) == ("NH004-L01", "")
    assert partly.context["totals"][0].value == 1241


def test_a_row_is_refused_where_somebody_else_was_faster(draft, as_person, stored):
    draft("NH003", V01=1000)
    draft("NH003", V01=1111)
    page = keep(as_person("nanhai"), "NH003", 1, V01="5")
    assert (page.status_code, page.context["kept"].state, stored("NH003").figures["V01"]) == (409, "overtaken", 1111)


def test_an_explanation_stands_in_the_row_and_another_is_not_wiped_out(library, person, as_person, stored):
    actions.save_draft(library("NH003"), "2026-02", sound(N05=12), {"N05": "flood"}, by=person("nanhai"))
    client = as_person("nanhai")
    row = rows(client.get(SHEET))["NH003"]
    assert [(point.indicator.code, point.note) for point in row.points] == [("N05", "flood")]
    keep(client, "NH003", 1, **SOUND | {"N05": "12", "E02": "0"})
    assert stored("NH003").notes == {"N05": "flood"}
    keep(client, "NH003", 2, **SOUND | {"N05": "12", "E02": "0", "E02_note": "nobody counted"})
    assert stored("NH003").notes == {"N05": "flood", "E02": "nobody counted"}


def test_a_row_is_saved_by_its_button_where_no_script_runs(as_person, stored):
    page = as_person("nanhai").post(f"{SHEET}NH003/keep/", {"V01": "5", "version": 0, "do": "save"}, follow=True)
    assert (page.redirect_chain, stored("NH003").figures) == ([(f"{SHEET}?district=440605", 302)], {"V01": 5})


def test_who_may_write_a_row_is_what_the_rule_says(draft, submitted, library, person):
    """The sheet asks for all rows at once what `may_write` asks for one."""
    draft("NH001")
    submitted("NH002")
    actions.save_draft(library("NH004"), "2025", sound(N05=300), {}, by=person("nanhai"))
    district = library("NH001").district
    for username in ("nanhai", "nanhai-reviewer", "branch", "office"):
        for code in ("2026-02", "2025-03", "2025"):
            found = Sheet(person(username), period_named(code), district).rows
            said = [(row.library.code, bool(may_write(person(username), row.one))) for row in found]
            assert [(row.library.code, row.is_open) for row in found] == said, (username, code)


def test_a_locked_month_is_looked_at_and_not_written(accepted, person, as_person):
    accepted("NH003")
    lock("2026-02", by=person("office"), acknowledged=9)
    page = as_person("nanhai").get(SHEET)
    assert (page.content.count(b"data-keep"), page.context["sheet"].is_written) == (0, False)
    assert page.context["sheet"].totals[0].value == SOUND["V01"]


def test_totals_say_over_how_many_libraries_they_are(draft, submitted, as_person):
    submitted("NH002")
    draft("NH003", V01=1000, L01="na")
    found = {one.indicator.code: one for one in as_person("nanhai-reviewer").get(SHEET).context["sheet"].totals}
    assert (found["V01"].value, found["V01"].counted) == (SOUND["V01"] + 1000, 2)
    assert (found["L01"].value, found["L01"].counted) == (SOUND["L01"], 1)


@pytest.mark.clause("6.2.1 j")
def test_all_complete_rows_are_handed_in_at_once_and_the_others_say_why_not(draft, as_person, stored):
    draft("NH001")
    draft("NH002", V01=None)
    draft("NH003", L02=9999, L01=100)
    client = as_person("nanhai")
    asked = client.post(HAND_IN)
    assert (codes(asked.context["ready"]), asked.context["effect"]) == (
        ["NH001"],
        "1 return goes to review. 3 are not complete and stay.",
    )
    assert [row.hindrance for row in asked.context["left"]][::2] == [
        f"{len(SOUND) - 1} of {len(SOUND)} filled in",
        f"0 of {len(SOUND)} filled in",
    ]
    assert stored("NH001").state == "draft"
    sent = {"one": [f"{stored(code).pk}:{stored(code).version}" for code in ("NH001", "NH003")], "confirmed": "yes"}
    page = client.post(HAND_IN, sent, follow=True)
    assert (stored("NH001").state, stored("NH003").state) == ("submitted", "draft")
    assert b"1 return handed in." in page.content


def test_a_row_that_has_changed_since_is_not_handed_in(draft, as_person, stored):
    one = draft("NH001")
    draft("NH001", V01=1111)
    as_person("nanhai").post(HAND_IN, {"one": [f"{one.pk}:{one.version}", "x", "9:x"], "confirmed": "yes"})
    assert stored("NH001").state == "draft"


@pytest.mark.checklist("B2")
def test_nobody_saves_or_hands_in_rows_of_others(draft, as_person, stored):
    one = draft("NH001")
    sent = {"one": f"{one.pk}:{one.version}", "confirmed": "yes"}
    found = {
        name: (keep(as_person(name), "NH001", 1, V01="5").status_code, as_person(name).post(HAND_IN, sent).status_code)
        for name in ("chancheng", "nanhai-reviewer")
    }
    assert found == {"chancheng": (404, 404), "nanhai-reviewer": (403, 302)}
    assert (stored("NH001").state, stored("NH001").figures) == ("draft", SOUND)


def test_a_sheet_of_119_costs_as_many_queries_as_one_of_four(library, person, as_person):
    actions.save_draft(library("NH003"), "2026-02", sound(), {}, by=person("nanhai"))
    client = as_person("nanhai")
    queries_of(client, SHEET)
    few = queries_of(client, SHEET)
    more_libraries(115)
    for number in range(100, 130):
        actions.save_draft(library(f"NH{number}"), "2026-02", sound(N05=12), {}, by=person("nanhai"))
    assert queries_of(client, SHEET) == few
