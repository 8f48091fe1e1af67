"""Hold how matters come onto an agenda: proposed by people and by the portal, taken or left (6.2.1 b)."""

import pytest
from django.core.exceptions import PermissionDenied

from committee.agendas.models import Item
from committee.proposals import actions
from committee.proposals.rules import may_propose
from committee.proposals.suggestions import gather
from committee.proposals.tasks import gather_for_the_agenda
from fsul_portal.links.actions import link, links_of
from members.libraries.models import Library
from tests.committee.items.stage import call, written
from tests.committee.proposals.stage import proposed
from tests.minutes import signed

pytestmark = pytest.mark.clause("6.2.1 b")


def test_whoever_reads_the_meetings_proposes(cast):
    names = {name for name, person in cast.items() if may_propose(person)}
    leads = {"coordination-lead", "technical-lead", "resources-lead"}
    districts = {"central", "chancheng", "nanhai", "nanhai-reviewer", "branch"}
    assert names == {"chair", "committee", "office", *leads, *districts}


def test_what_is_taken_becomes_the_last_item_with_all_its_links(cast):
    proposal, library = proposed(cast), Library.objects.get(code="NH002")
    link(proposal, library, by=cast["committee"])
    meeting = call(cast)
    proposal = actions.take(proposal, meeting=meeting, by=cast["office"])
    item = Item.objects.filter(meeting=meeting).order_by("sort").last()
    assert (proposal.state, proposal.item, item.title, item.reason) == ("taken", item, "统一押金政策", "各区做法不一")
    assert [one.thing for one in links_of(item, to=cast["office"])] == [library]


def test_what_is_left_keeps_its_reason_and_can_be_brought_back(cast):
    proposal = actions.leave(proposed(cast), by=cast["office"], note="已有规定")
    assert (proposal.state, proposal.answer) == ("left", "已有规定")
    assert actions.propose_again(proposal, by=cast["office"]).state == "proposed"


def test_a_proposal_is_withdrawn_by_its_own_hand_alone(cast):
    with pytest.raises(PermissionDenied, match="withdrawn by whoever made it"):
        actions.withdraw(proposed(cast), by=cast["chair"])
    assert actions.withdraw(proposed(cast), by=cast["committee"]).state == "withdrawn"


def test_what_a_meeting_left_proposes_itself_once_and_not_again_when_it_was_left(cast):
    signed(written(cast).meeting, office=cast["office"], chair=cast["chair"])
    found = [one for one in gather() if one.source.startswith("committee.item")]
    assert [(one.title, one.started_by) for one in found] == [("审议年报", None)]
    assert gather_for_the_agenda() == 0
    actions.leave(found[0], by=cast["office"], note="不再审议")
    assert gather() == []


@pytest.mark.clause("7.1")
def test_a_duty_at_risk_proposes_itself_once_a_year(cast):
    found = {one.clause: one for one in gather() if one.source.startswith("clause:")}
    assert "2026" in found["7.1"].reason
    assert (found["7.1"].link, gather()) == ("/committee/", [])
