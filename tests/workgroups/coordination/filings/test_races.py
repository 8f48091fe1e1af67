"""Let several people press at the same moment (6.2.1 e)."""

import pytest
from django.test import Client

from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from members.people.models import User
from tests.conftest import PASSWORD
from tests.hands import at_once
from tests.workgroups.coordination.filings.filings import LIST, QUEUE, as_typed, fact_on, in_days, on_page
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.findings import FilingRefused
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.tasks import apply_due


def signed_in_as(username):
    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def second_lead(cast):
    """Seat a second lead of the coordination group, so that two may decide."""
    from fsul_portal.access.actions import grant
    from workgroups.groups.models import Group

    lead = User.objects.create_user("second-lead", password=PASSWORD, name="宋副组")
    grant("group-lead", to=lead, on=Group.objects.get(key="coordination"))
    grant("group-overseer", to=lead)
    return lead


@pytest.mark.clause("6.2.1 e")
@pytest.mark.checklist("D4")
def test_of_two_leads_who_press_at_once_one_approves_and_the_other_reads_who_did(signed, second_lead, many_hands):
    filing = signed()
    leads = [signed_in_as("coordination-lead"), signed_in_as("second-lead")]
    typed = on_page(filing)

    def approve(number):
        return leads[number].post(f"{QUEUE}{filing.pk}/approve/", typed)

    answers = at_once(approve, times=2)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    filing = Filing.objects.get(pk=filing.pk)
    late = next(answer for answer in answers if answer.status_code == 409)
    assert filing.decided_by.name in late.content.decode()
    assert (filing.number, filing.opinions.count()) == (f"FSUL-BA-{in_days(0).year}-0001", 2)


@pytest.mark.checklist("D4")
def test_approve_and_refuse_at_once_leave_one_decision(signed, second_lead, many_hands):
    filing = signed()
    leads = [User.objects.get(username=name) for name in ("coordination-lead", "second-lead")]
    acts = [actions.agree, actions.refuse]
    outcomes = at_once(lambda number: acts[number](filing, by=leads[number], note="意见"), times=2)
    # After a refusal it is closed for good, after a consent the other one was overtaken.
    [late] = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert isinstance(late, Overtaken)
    assert Record.objects.of(filing).filter(verb__in=["decision", "refused"]).count() == 1


@pytest.mark.checklist("D3")
def test_eight_equal_forms_begin_one_filing(cast, many_hands):
    clients = [signed_in_as("nanhai") for __ in range(8)]
    typed = as_typed(token="one-form")
    answers = at_once(lambda number: clients[number].post(f"{LIST}new/?kind=move&library=NH003", typed))
    assert [answer.status_code for answer in answers] == [302] * 8
    assert {answer.headers["Location"] for answer in answers} == {Filing.objects.get().get_absolute_url()}


def test_two_drafts_submitted_at_once_do_not_both_get_under_way(draft, person, many_hands):
    drafts, nanhai = [draft(), draft()], person("nanhai")
    outcomes = at_once(lambda number: actions.submit(drafts[number], by=nanhai), times=2)
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [FilingRefused]
    assert Filing.objects.filter(state=Filing.State.SUBMITTED).count() == 1


@pytest.mark.clause("6.2.1 e")
def test_numbers_given_at_once_have_no_gap_and_no_double(signed, person, many_hands):
    filings = [signed(code) for code in ("NH001", "NH002", "NH003", "NH004")]
    lead = person("coordination-lead")
    outcomes = at_once(lambda number: actions.agree(filings[number], by=lead).number, times=4)
    assert sorted(outcomes) == [f"FSUL-BA-{in_days(0).year}-000{number}" for number in (1, 2, 3, 4)]


@pytest.mark.checklist("D6")
def test_two_clocks_at_once_carry_out_once(approved, many_hands):
    filing = approved(day=in_days(1))
    Filing.objects.filter(pk=filing.pk).update(effective_on=in_days(0))
    assert at_once(lambda number: apply_due(), times=3) == [None] * 3
    assert Record.objects.of(filing).filter(verb="in_force").count() == 1
    assert fact_on("NH003", in_days(0)) == "大沥演示路88号"
