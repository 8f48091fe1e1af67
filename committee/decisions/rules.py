"""Say who notes decisions, who votes in writing, and who ends a decision (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committee.agendas.models import Item
from committee.agendas.rules import may_write_item
from committee.bodies.rules import may_keep, may_keep_committee
from committee.decisions.models import Ballot, Decision
from committee.seats.models import Seat
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict, closed

# The secretary writes and does not vote.
VOTING_POSTS = (Seat.Post.CHAIR, Seat.Post.DEPUTY, Seat.Post.MEMBER)


def _may_keep(user: User, decision: Decision) -> Verdict:
    """What was decided in a meeting is kept by whoever keeps it; only the committee decides in writing."""
    return may_keep(user, decision.meeting.body) if decision.meeting else may_keep_committee(user)


def may_note(user: User, item: Item) -> Verdict:
    """The secretary notes at an item what was decided, while the minutes are written (6.2.1 b)."""
    return may_write_item(user, item)


def may_strike(user: User, decision: Decision) -> Verdict:
    """The secretary strikes what was noted wrongly, or calls a vote in writing off."""
    verdict = _may_keep(user, decision)
    if verdict and decision.item and decision.meeting and decision.meeting.circulated_at:
        return may_write_item(user, decision.item)
    return verdict and in_state(decision, Decision.State.NOTED, Decision.State.OPEN)


def may_ask_in_writing(user: User) -> Verdict:
    """The secretary puts a decision to the vote in writing between meetings (6.2.1 b)."""
    return may_keep_committee(user)


def may_vote(user: User, decision: Decision) -> Verdict:
    """Whoever sits on the committee with a vote votes once, until the closing day (6.2.1 b)."""
    today = timezone.localdate()
    if not Seat.objects.as_of(today).filter(person=user, post__in=VOTING_POSTS).exists():
        return Denied(_("Only whoever sits on the committee with a vote votes on its decisions."))
    verdict = in_state(decision, Decision.State.OPEN)
    if verdict and decision.closes_on and decision.closes_on < today:
        return closed(_("The vote closed on %(day)s.") % {"day": decision.closes_on})
    if verdict and Ballot.objects.filter(decision=decision, person=user).exists():
        return closed(_("You have voted on this."))
    return verdict


def may_give_task(user: User, decision: Decision) -> Verdict:
    """The secretary says who does what of a decision that stands, or that is about to (6.2.1 b)."""
    verdict = _may_keep(user, decision)
    return verdict and in_state(decision, Decision.State.NOTED, Decision.State.IN_FORCE)


def may_tell_effect(user: User, decision: Decision) -> Verdict:
    """The secretary says what came of a decision."""
    verdict = _may_keep(user, decision)
    return verdict and in_state(decision, Decision.State.IN_FORCE)


def may_repeal(user: User, decision: Decision) -> Verdict:
    """The secretary records that a later decision replaced or repealed this one."""
    return may_tell_effect(user, decision)
