"""Say who notes decisions, who votes in writing, and who ends a decision (6.2.1 b)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committee.agendas.models import Item
from committee.agendas.rules import may_write_item
from committee.decisions.models import Ballot, Decision
from committee.meetings.rules import may_call_meetings
from committee.seats.models import Seat
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict, closed

# The secretary writes and does not vote.
VOTING_POSTS = (Seat.Post.CHAIR, Seat.Post.DEPUTY, Seat.Post.MEMBER)


def may_note(user: User, item: Item) -> Verdict:
    """The secretary notes at an item what was decided, while the minutes are written (6.2.1 b)."""
    return may_write_item(user, item)


def may_strike(user: User, decision: Decision) -> Verdict:
    """The secretary strikes what was noted wrongly, or calls a vote in writing off."""
    verdict = may_call_meetings(user)
    if verdict and decision.item and decision.meeting and decision.meeting.circulated_at:
        return may_write_item(user, decision.item)
    return verdict and in_state(decision, Decision.State.NOTED, Decision.State.OPEN)


def may_ask_in_writing(user: User) -> Verdict:
    """The secretary puts a decision to the vote in writing between meetings (6.2.1 b)."""
    return may_call_meetings(user)


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
    verdict = may_call_meetings(user)
    return verdict and in_state(decision, Decision.State.NOTED, Decision.State.IN_FORCE)


def may_tell_effect(user: User, decision: Decision) -> Verdict:
    """The secretary says what came of a decision."""
    verdict = may_call_meetings(user)
    return verdict and in_state(decision, Decision.State.IN_FORCE)


def may_repeal(user: User, decision: Decision) -> Verdict:
    """The secretary records that a later decision replaced or repealed this one."""
    return may_tell_effect(user, decision)
