"""Say who proposes for an agenda, and who answers (6.2.1 b)."""

from django.utils.translation import gettext as _

from committee.bodies.models import Body
from committee.bodies.rules import may_keep, may_read_meetings
from committee.proposals.models import Proposal
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict


def may_propose(user: User) -> Verdict:
    """Whoever reads the meetings proposes what they should deal with (6.2.1 b)."""
    return may_read_meetings(user)


def may_propose_to(user: User, body: Body) -> Verdict:
    """Whoever reads the meetings of a body proposes for them."""
    if Body.objects.visible_to(user).filter(pk=body.pk).exists():
        return in_state(body, Body.State.STANDING)
    return Denied(_("Proposals for its meetings are made by whoever reads them."))


def may_take(user: User, proposal: Proposal) -> Verdict:
    """The secretary takes what is proposed into a meeting that is still to come."""
    verdict = may_keep(user, proposal.body)
    return verdict and in_state(proposal, Proposal.State.PROPOSED)


def may_leave(user: User, proposal: Proposal) -> Verdict:
    """The secretary leaves what is proposed, and says why."""
    return may_take(user, proposal)


def may_withdraw(user: User, proposal: Proposal) -> Verdict:
    """Whoever proposed it takes it back while nobody has decided."""
    if proposal.started_by_id != user.pk:
        return Denied(_("A proposal is withdrawn by whoever made it."))
    return in_state(proposal, Proposal.State.PROPOSED)


def may_propose_again(user: User, proposal: Proposal) -> Verdict:
    """The secretary brings back what was left."""
    verdict = may_keep(user, proposal.body)
    return verdict and in_state(proposal, Proposal.State.LEFT)
