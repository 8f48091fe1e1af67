"""A figure of a locked month is corrected by a slip alone; everybody above is told which totals move (6.2.1 j)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.access.actions import grant
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import remind
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken, Unready
from members.people.models import User
from members.returns import actions as returns
from members.returns.models import Return
from reports.corrections import actions
from reports.corrections.models import Correction
from reports.corrections.rules import may_correct, may_reopen
from reports.editions.actions import freeze_edition
from reports.editions.models import Edition
from tests.hands import at_once
from tests.members.returns.figures import SOUND

pytestmark = pytest.mark.clause("6.2.1 j")
MONTH = "2026-02"


def told(person, key):
    return Notice.objects.filter(recipient__username=person, key__endswith=key)


def test_the_lead_of_the_coordination_group_approves_and_the_figure_is_another_one(in_force, stored):
    slip = in_force(V01=1500)
    assert (slip.state, slip.old, slip.new, slip.number) == (
        Correction.State.IN_FORCE, {"V01": 1234}, {"V01": 1500}, "FSUL-GZ-2026-0001",
    )  # fmt: skip
    one = stored("NH003")
    assert (one.figures["V01"], one.state) == (1500, Return.State.ACCEPTED)
    record = Record.objects.of(one).get(verb="corrected")
    assert (record.before, record.after) == ({"V01": 1234}, {"V01": 1500})


def test_which_totals_move_is_kept_and_told_to_those_above(in_force):
    slip = in_force(V01=1500)
    assert [(one["code"], one["place"], one["before"], one["after"]) for one in slip.moved] == [
        ("V01", "440605", 2468, 2734),
        ("V01", "", 2468, 2734),
    ]
    for person in ("nanhai", "nanhai-reviewer", "office", "chair", "committee"):
        body = told(person, ":corrected").get().body
        assert ["2,468 becomes 2,734 (+266)" in line for line in body.split("\n")] == [True, True, False]
    assert not told("chancheng", ":corrected").exists()


def test_nothing_but_a_slip_changes_a_locked_month(person, library, locked, stored):
    for act in (
        lambda: returns.save_draft(library("NH003"), MONTH, SOUND | {"V01": 9}, {}, by=person("nanhai")),
        lambda: returns.take_back(stored("NH003"), by=person("office"), note="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert stored("NH003").figures["V01"] == 1234


def test_a_month_that_is_open_has_no_slips(person, library, accepted):
    one = accepted("NH003")
    verdict = may_correct(person("nanhai"), one.library, one.period)
    assert (bool(verdict), verdict.way.url) == (False, "/reports/returns/NH003/2026-02/edit/")


def test_nobody_approves_his_own_slip_and_no_other_lead_does(person, handed_in):
    slip = handed_in(V01=1500)
    for name in ("nanhai", "technical-lead", "office", "nanhai-reviewer"):
        with pytest.raises(PermissionDenied):
            actions.agree(slip, by=person(name))
    assert told("coordination-lead", "correction_approval-1").count() == 1


def test_strangers_neither_correct_nor_reopen(person, library, locked):
    for name in ("chancheng", "observer", "committee"):
        assert not may_correct(person(name), library("NH003"), locked)
        assert not may_reopen(person(name), library("NH003"), locked)
    assert not may_reopen(person("nanhai"), library("NH003"), locked)


def test_figures_that_cannot_be_true_together_are_refused_at_their_field(slip):
    with pytest.raises(Unready) as refused:
        slip(L02=99_999)
    assert [finding.field for finding in refused.value.findings] == ["L02"]


def test_a_slip_that_changes_nothing_is_refused(slip):
    with pytest.raises(Unready, match="Nothing is changed"):
        slip(V01=1234)


def test_the_same_form_sent_twice_begins_one_slip(person, library, locked):
    for __ in range(2):
        actions.begin(library("NH003"), locked, by=person("nanhai"), new={"V01": 9}, reason="x", token="t")
    assert Correction.objects.count() == 1


def test_of_two_slips_for_one_cell_the_second_is_held_up(person, handed_in):
    first, second = handed_in(V01=1500), handed_in(V01=1600)
    actions.agree(first, by=person("coordination-lead"))
    with pytest.raises(Overtaken, match="Another slip has changed V01"):
        actions.agree(second, by=person("coordination-lead"))
    back = actions.give_back(second, by=person("coordination-lead"), note="已变")
    again = actions.submit(back, by=person("nanhai"))
    assert again.old == {"V01": 1500}


def test_a_correction_is_corrected_by_another_one(in_force, stored):
    in_force(V01=1500)
    again = in_force(V01=1450)
    assert (again.old, again.number, stored("NH003").figures["V01"]) == ({"V01": 1500}, "FSUL-GZ-2026-0002", 1450)


def test_a_figure_is_taken_back_as_not_reported(in_force, stored):
    in_force(N05=None)
    assert "N05" not in stored("NH003").figures


def test_a_library_that_was_missing_is_added_and_counts_as_late(person, library, locked, slip, stored):
    written = slip(code="NH004", **SOUND)
    actions.agree(actions.submit(written, by=person("nanhai")), by=person("coordination-lead"))
    one = stored("NH004")
    assert (one.state, one.figures) == (Return.State.ACCEPTED, SOUND)
    system = freeze_edition("monthly", MONTH).snapshot["system"]["V01"]
    assert (system["reported"], system["late"], system["value"]) == (3, 3, 3702)


def test_the_office_reopens_a_cell_and_the_library_fills_it_in(person, library, locked, stored):
    slip = actions.reopen(
        library("NH003"), locked, by=person("office"), codes=["V01"], reason="与门禁不符", due_on=date(2026, 3, 17)
    )
    assert (
        told("nanhai", "reopened").get().body.startswith("To be looked at: Physical visits. Answer by 17 March 2026.")
    )
    with pytest.raises(Unready, match="has not been reopened"):
        actions.edit(slip, by=person("nanhai"), new={"L01": 1}, reason="x")
    slip = actions.edit(slip, by=person("nanhai"), new={"V01": 1300}, reason="补计")
    slip = actions.agree(actions.submit(slip, by=person("nanhai")), by=person("coordination-lead"))
    assert (slip.state, stored("NH003").figures["V01"]) == (Correction.State.IN_FORCE, 1300)


def test_who_has_only_reopened_a_cell_may_approve_what_the_library_wrote(person, library, locked):
    grant("secretary", to=person("coordination-lead"))
    lead = person("coordination-lead")
    asked = {"codes": ["V01"], "reason": "核对", "due_on": date(2026, 3, 17)}
    slip = actions.reopen(library("NH003"), locked, by=lead, **asked)
    slip = actions.submit(
        actions.edit(slip, by=person("nanhai"), new={"V01": 1300}, reason="补计"), by=person("nanhai")
    )
    assert actions.agree(slip, by=lead).state == Correction.State.IN_FORCE


def test_reopened_cells_are_reminded_of_until_they_are_answered(person, library, locked, clock):
    due_on = date(2026, 3, 17)
    actions.reopen(library("NH003"), locked, by=person("office"), codes=["V01"], reason="核对", due_on=due_on)
    counts = []
    for step in (-2, 0, 2):
        remind(due_on + timedelta(days=step))
        counts.append((told("nanhai", f"-{-step}").count(), told("office", f"-{-step}").count()))
    assert counts == [(1, 0), (1, 0), (1, 1)]


def test_the_next_edition_lists_what_was_corrected_and_the_first_one_stays(locked, in_force):
    first = freeze_edition("monthly", MONTH)
    in_force(V01=1500)
    assert list(Edition.objects.outdated()) == [first]
    second = freeze_edition("monthly", MONTH)
    [row] = second.snapshot["rooms"]["corrections"]
    assert row[0] == "FSUL-GZ-2026-0001"
    assert row[3:7] == ["V01 Physical visits", 1234, 1500, "门禁漏计三天"]
    assert ("rooms" in first.snapshot, second.number, list(Edition.objects.outdated())) == (False, 2, [])


def test_figures_that_are_as_they_were_make_another_edition_all_the_same(locked, in_force):
    freeze_edition("monthly", MONTH)
    in_force(V01=1500)
    freeze_edition("monthly", MONTH)
    in_force(V01=1234)
    third = freeze_edition("monthly", MONTH)
    assert (third.number, len(third.snapshot["rooms"]["corrections"])) == (3, 2)


def test_the_annual_report_lists_the_corrections_of_its_months(locked, in_force):
    in_force(V01=1500)
    annual = freeze_edition("annual", "2026")
    assert [row[0] for row in annual.snapshot["rooms"]["corrections"]] == ["FSUL-GZ-2026-0001"]


def test_recalled_withdrawn_and_refused_slips_change_nothing(person, handed_in, stored):
    nanhai, lead = person("nanhai"), person("coordination-lead")
    actions.withdraw(actions.recall(handed_in(V01=1), by=nanhai), by=nanhai)
    actions.refuse(handed_in(V01=2), by=lead, note="无依据")
    assert stored("NH003").figures["V01"] == 1234
    assert told("nanhai", "refused-1").count() == 1


def test_of_two_slips_for_one_cell_approved_at_once_one_counts(person, handed_in, stored, many_hands):
    slips = [handed_in(V01=1500), handed_in(V01=1600)]
    lead = person("coordination-lead").pk
    outcomes = at_once(lambda number: actions.agree(slips[number], by=User.objects.get(pk=lead)), times=2)
    [counted] = [one for one in outcomes if isinstance(one, Correction)]
    assert [type(one) for one in outcomes if one is not counted] == [Overtaken]
    assert stored("NH003").figures["V01"] == counted.new["V01"]
