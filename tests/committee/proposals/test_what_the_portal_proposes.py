"""Hold what the portal proposes for an agenda: late filings and districts in arrears, gone once mended (6.2.1 b)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.proposals import actions
from committee.proposals.models import Proposal
from committee.proposals.suggestions import gather
from fsul_portal.approvals.models import Turn
from members.returns import actions as returns
from tests.workgroups.coordination.filings.stage import submit
from workgroups.coordination.filings import actions as filings

pytestmark = pytest.mark.clause("6.2.1 b")


def proposed(source):
    return Proposal.objects.filter(source__startswith=source)


@pytest.mark.clause("6.2.1 e")
def test_a_filing_past_its_day_is_proposed_once_and_gone_when_answered(cast):
    filing = submit(cast, "NH002")
    gather()
    assert proposed("workgroups.filing").count() == 0
    Turn.objects.of(filing).open().update(due_on=timezone.localdate() - timedelta(days=1))
    gather()
    gather()
    proposal = proposed("workgroups.filing").get()
    assert (proposal.state, proposal.clause, proposal.link) == ("proposed", "6.2.1 e", filing.get_absolute_url())
    filings.agree(filing, by=cast["nanhai-reviewer"])
    gather()
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


@pytest.mark.clause("6.2.1 j")
def test_a_district_in_arrears_is_named_with_its_months_and_what_was_left_stays_away(cast):
    month = f"{timezone.localdate().replace(day=1) - timedelta(days=40):%Y-%m}"
    period = returns.hold(month)
    gather()
    proposal = proposed("arrears:440605").get()
    assert (proposal.source, "南海区" in proposal.title, "区" in proposal.reason) == (
        f"arrears:440605:{month}",
        True,
        True,
    )
    actions.leave(proposal, by=cast["office"], note="另行约谈")
    assert (gather(), proposed("arrears:440605").count()) == ([], 1)
    actions.propose_again(proposal, by=cast["office"])
    type(period).objects.filter(pk=period.pk).update(locked_at=timezone.now(), locked_by=cast["office"])
    gather()
    assert {one.state for one in proposed("arrears:")} == {"withdrawn"}
