"""Propose something for an agenda, and answer what is proposed (6.2.1 b)."""

from typing import Any

from django.db import transaction

from committee.agendas.actions import put_last
from committee.agendas.models import TALKED_OF
from committee.bodies.models import Body
from committee.meetings.models import Meeting
from committee.proposals.models import Proposal
from committee.proposals.rules import may_leave, may_propose, may_propose_again, may_propose_to, may_take, may_withdraw
from fsul_portal.links.actions import link, links_of
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require


@transaction.atomic
def propose(
    *, title: str, reason: str, by: User, clause: str = "", body: Body | None = None, token: str = ""
) -> Proposal:
    """Propose a matter for one of the next meetings of a body; the committee, where none is named (6.2.1 b)."""
    require(may_propose(by))
    body = body or Body.objects.committee()
    if not (verdict := may_propose_to(by, body)):
        raise Unready([Fault("body", verdict.sentence)])
    return begin(Proposal(body=body, title=title, reason=reason, clause=clause), "proposed", by=by, token=token)


@transaction.atomic
def take(proposal: Proposal, *, meeting: Meeting, by: User, version: int | None = None, note: str = "") -> Proposal:
    """Put what was proposed on the agenda of a meeting, with everything that it is linked to."""
    proposal = claim(proposal, may_take, by=by, version=version)
    item = put_last(meeting, title=proposal.title, reason=proposal.reason, by=by)
    for linked in links_of(proposal, to=by):
        link(item, linked.thing, TALKED_OF, by=by)
    return step(
        proposal, "proposal taken", to=Proposal.State.TAKEN, pair="decided", by=by, item=item, answer=note, note=note
    )


@transaction.atomic
def leave(proposal: Proposal, *, by: User, note: str, version: int | None = None) -> Proposal:
    """Say why something is not taken; whoever proposed it reads it."""
    proposal = claim(proposal, may_leave, by=by, version=version)
    to = Proposal.State.LEFT
    return step(proposal, "proposal left", to=to, pair="decided", by=by, answer=note, note=note)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User, version: int | None = None, note: str = "") -> Proposal:
    """Take one's own proposal back."""
    proposal = claim(proposal, may_withdraw, by=by, version=version)
    return step(proposal, "proposal withdrawn", to=Proposal.State.WITHDRAWN, by=by, note=note)


@transaction.atomic
def propose_again(proposal: Proposal, *, by: User, version: int | None = None) -> Proposal:
    """Bring back what was left."""
    proposal = claim(proposal, may_propose_again, by=by, version=version)
    facts: dict[str, Any] = {"decided_at": None, "decided_by": None}
    return step(proposal, "proposed again", to=Proposal.State.PROPOSED, by=by, **facts)
