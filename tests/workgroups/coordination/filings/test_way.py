"""Follow filings from the first draft to the registry (6.2.1 e)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from fsul_portal.notices.models import Notice
from fsul_portal.numbers.models import Counter
from fsul_portal.records.models import Record
from members.libraries.actions import close_library
from tests.workgroups.coordination.filings.filings import (
    LIST,
    NEW_ADDRESS,
    OLD_ADDRESS,
    QUEUE,
    as_typed,
    behind_its_back,
    fact_on,
    fresh,
    in_days,
    on_page,
)
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.findings import FilingRefused
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.tasks import apply_due


@pytest.mark.clause("6.2.1 e")
def test_a_move_goes_from_the_editor_over_the_reviewer_and_the_lead_into_the_registry(signed_in, time_machine):
    today, day = in_days(0), in_days(10)
    signed_in("nanhai").post(f"{LIST}new/?kind=move&library=NH003", as_typed(day=day, token="one"))
    filing = Filing.objects.get()
    assert filing.state == Filing.State.DRAFT
    signed_in("nanhai").post(f"{LIST}{filing.pk}/submit/", on_page(filing))
    signed_in("nanhai-reviewer").post(f"{LIST}{filing.pk}/agree/", on_page(filing, note="情况属实"))
    answer = signed_in("coordination-lead").post(f"{QUEUE}{filing.pk}/approve/", on_page(filing, note="同意"))
    assert (answer.status_code, answer.headers["Location"]) == (302, QUEUE)
    filing = fresh(filing)
    assert (filing.state, filing.number) == (Filing.State.ACCEPTED, f"FSUL-BA-{today.year}-0001")
    assert fact_on("NH003", day) == OLD_ADDRESS
    time_machine.move_to(f"{day}T00:05:00+08:00")
    apply_due()
    assert (fact_on("NH003", day - timedelta(days=1)), fact_on("NH003", day)) == (OLD_ADDRESS, NEW_ADDRESS)
    assert fresh(filing).state == Filing.State.IN_FORCE


@pytest.mark.clause("6.2.1 e")
def test_every_step_is_on_record_with_who_did_it(approved, person):
    filing = approved(day=in_days(0))
    told = Record.objects.of(filing).order_by("pk").values_list("verb", "by__username")
    assert list(told) == [
        ("drafted", "nanhai"),
        ("submitted", "nanhai"),
        ("district_signature", "nanhai-reviewer"),
        ("decision", "coordination-lead"),
        ("in_force", "coordination-lead"),
    ]


@pytest.mark.clause("6.2.1 e")
def test_what_is_due_today_changes_the_registry_with_the_approval(approved):
    filing = approved(day=in_days(-3))
    assert filing.state == Filing.State.IN_FORCE
    assert fact_on("NH003", in_days(-3)) == NEW_ADDRESS
    assert fact_on("NH003", in_days(-4)) == OLD_ADDRESS


@pytest.mark.clause("6.2.1 e")
def test_a_suspension_begins_and_ends_on_its_days(approved):
    approved(kind="suspension", day=in_days(-1), until=in_days(20))
    states = [fact_on("NH003", in_days(days), "status") for days in (-2, -1, 19, 20)]
    assert states == ["open", "suspended", "suspended", "open"]


def test_a_suspension_gives_back_the_state_of_before(approved):
    behind_its_back("NH003", in_days(-30), status="limited")
    approved(kind="suspension", day=in_days(0), until=in_days(5))
    assert [fact_on("NH003", in_days(days), "status") for days in (-1, 0, 5)] == ["limited", "suspended", "limited"]


def test_a_suspension_over_a_planned_state_holds_to_its_end_and_then_gives_the_plan_back(approved):
    behind_its_back("NH003", in_days(10), status="limited")
    approved(kind="suspension", day=in_days(0), until=in_days(20))
    states = [fact_on("NH003", in_days(days), "status") for days in (-1, 0, 10, 19, 20, 40)]
    assert states == ["open", "suspended", "suspended", "suspended", "limited", "limited"]


def test_a_suspension_gives_back_what_was_planned_for_a_day_after_it(approved):
    behind_its_back("NH003", in_days(30), status="limited")
    approved(kind="suspension", day=in_days(0), until=in_days(20))
    states = [fact_on("NH003", in_days(days), "status") for days in (0, 19, 20, 29, 30)]
    assert states == ["suspended", "suspended", "open", "open", "limited"]


def test_a_suspension_without_an_end_stays(approved):
    approved(kind="suspension", day=in_days(0))
    assert fact_on("NH003", in_days(700), "status") == "suspended"


@pytest.mark.clause("6.2.1 e")
def test_numbers_follow_one_another_within_the_year(approved, time_machine):
    time_machine.move_to("2026-12-30T12:00:00+08:00")
    numbers = [approved(code).number for code in ("NH001", "NH002")]
    # In UTC it is still the old year.
    time_machine.move_to("2027-01-01T00:30:00+08:00")
    numbers += [approved(code).number for code in ("NH003", "NH004")]
    assert numbers == ["FSUL-BA-2026-0001", "FSUL-BA-2026-0002", "FSUL-BA-2027-0001", "FSUL-BA-2027-0002"]


def test_numbers_go_on_after_the_last_of_four_digits(approved):
    Counter.objects.create(series="filing", year=in_days(0).year, last=9999)
    assert approved("NH003").number == f"FSUL-BA-{in_days(0).year}-10000"
    assert approved("NH004").number == f"FSUL-BA-{in_days(0).year}-10001"


@pytest.mark.clause("6.2.1 e")
def test_each_step_tells_the_next_person_once(approved):
    filing = approved(day=in_days(5))
    told = Notice.objects.filter(link=filing.get_absolute_url()).values_list("recipient__username", "key")
    assert sorted(told) == [
        ("coordination-lead", f"filing-{filing.pk}-decision-1"),
        ("nanhai", f"filing-{filing.pk}-approved"),
        ("nanhai-reviewer", f"filing-{filing.pk}-approved"),
        ("nanhai-reviewer", f"filing-{filing.pk}-district_signature-1"),
    ]


def test_the_people_of_the_library_are_told_of_the_approval(approved):
    filing = approved("NH002", day=in_days(5))
    told = Notice.objects.filter(key=f"filing-{filing.pk}-approved").values_list("recipient__username", flat=True)
    assert sorted(told) == ["branch", "nanhai", "nanhai-reviewer"]


@pytest.mark.clause("6.2.1 e")
def test_a_returned_filing_is_corrected_and_takes_the_way_again(submitted, person):
    filing = submitted()
    actions.give_back(filing, by=person("nanhai-reviewer"), note="请补充坐标")
    assert Notice.objects.get(recipient=person("nanhai")).body.endswith("请补充坐标")
    asked = {
        "effective_on": in_days(12),
        "reason": "已补充",
        "requested": filing.requested | {"address": "大沥演示路99号"},
    }
    filing = actions.edit(fresh(filing), by=person("nanhai"), version=fresh(filing).version, asked=asked)
    filing = actions.submit(filing, by=person("nanhai"))
    filing = actions.agree(filing, by=person("nanhai-reviewer"))
    filing = actions.agree(filing, by=person("coordination-lead"))
    assert (filing.round, filing.state) == (2, Filing.State.ACCEPTED)
    keys = Notice.objects.filter(recipient=person("nanhai-reviewer"), key__contains="signature")
    assert keys.count() == 2


def test_a_refused_filing_ends_there_and_its_author_reads_why(signed, person):
    filing = actions.refuse(signed(), by=person("coordination-lead"), note="新址不符合条件")
    assert filing.state == Filing.State.REFUSED
    assert Notice.objects.get(key=f"filing-{filing.pk}-refused-1").body.endswith("新址不符合条件")
    with pytest.raises(PermissionDenied, match="李统筹"):
        actions.submit(filing, by=person("nanhai"))


def test_what_is_approved_can_be_taken_back_before_its_day_and_the_lead_is_told(approved, person, time_machine):
    filing = actions.withdraw(approved(day=in_days(3)), by=person("nanhai"), note="房东反悔")
    time_machine.move_to(f"{in_days(5)}T00:05:00+08:00")
    apply_due()
    assert (fresh(filing).state, fact_on("NH003", in_days(0))) == (Filing.State.WITHDRAWN, OLD_ADDRESS)
    assert (
        Notice.objects.filter(recipient=person("coordination-lead"), key=f"filing-{filing.pk}-withdrawn").count() == 1
    )


@pytest.mark.clause("6.2.1 e")
def test_a_registry_that_changed_meanwhile_must_be_seen_before_the_approval(signed, person):
    filing = signed()
    behind_its_back("NH003", in_days(1), address="大沥临时路1号")
    with pytest.raises(FilingRefused) as refused:
        actions.agree(filing, by=person("coordination-lead"))
    assert [finding.field for finding in refused.value.findings] == ["seen"]
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.clause("6.2.1 e")
def test_a_change_after_the_approval_is_never_overwritten_by_the_job(approved, person, time_machine):
    filing, day = approved(day=in_days(3)), in_days(3)
    behind_its_back("NH003", in_days(1), address="大沥临时路1号")
    time_machine.move_to(f"{day}T00:05:00+08:00")
    apply_due()
    apply_due()
    assert (fresh(filing).state, fact_on("NH003", day)) == (Filing.State.ACCEPTED, "大沥临时路1号")
    assert Notice.objects.filter(key=f"filing-{filing.pk}-not-carried-out").count() == 1


def test_the_lead_carries_out_by_hand_what_the_job_left(approved, signed_in, time_machine):
    filing, day = approved(day=in_days(3)), in_days(3)
    behind_its_back("NH003", in_days(1), address="大沥临时路1号")
    time_machine.move_to(f"{day}T00:05:00+08:00")
    client, url = signed_in("coordination-lead"), f"{LIST}{filing.pk}/carry-out/"
    form = client.get(url).context["form"]
    facts = form.fields["facts"].initial
    assert client.post(url, on_page(filing, facts=facts)).status_code == 200
    assert fact_on("NH003", day) == "大沥临时路1号"
    assert client.post(url, on_page(filing, facts=facts, seen="on")).status_code == 302
    assert (fresh(filing).state, fact_on("NH003", day)) == (Filing.State.IN_FORCE, NEW_ADDRESS)


@pytest.mark.clause("6.2.1 e")
def test_a_filing_the_registry_refuses_leaves_nothing_half_done(approved, library, person, time_machine):
    filing = approved(kind="suspension", day=in_days(3), until=in_days(30))
    close_library(library("NH003"), on=in_days(20))
    time_machine.move_to(f"{in_days(3)}T00:05:00+08:00")
    apply_due()
    assert fact_on("NH003", in_days(0), "status") == "open"
    assert fresh(filing).state == Filing.State.ACCEPTED
    assert Notice.objects.filter(recipient=person("coordination-lead"), key__endswith="not-carried-out").count() == 1


def test_the_filing_of_a_library_that_has_left_cannot_be_approved(signed, library, person):
    filing = signed(day=in_days(10))
    close_library(library("NH003"), on=in_days(5))
    with pytest.raises(FilingRefused):
        actions.agree(filing, by=person("coordination-lead"))
    assert fresh(filing).number is None
