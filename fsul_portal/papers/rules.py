"""Say who may do what with a paper; who decides on it stands in its way."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.approvals import rules as approvals
from fsul_portal.lives.rules import in_state, may_as
from fsul_portal.papers.models import Opinion, Paper
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now


def may_propose(user: User, paper: Paper) -> Verdict:
    """Whoever sits where such papers are proposed."""
    return may_as(user, paper, "proposer")


def may_write(user: User, paper: Paper) -> Verdict:
    """The drafters write edition after edition until it is put to decision."""
    return may_as(user, paper, "drafter") and in_state(paper, *paper.IN_HAND)


def may_consult(user: User, paper: Paper) -> Verdict:
    """The drafters ask for opinions once there is a text."""
    verdict = may_as(user, paper, "drafter") and in_state(paper, paper.State.DRAFT)
    return not_now(_("Nothing has been written yet.")) if verdict and paper.edition is None else verdict


def may_speak(user: User, paper: Paper) -> Verdict:
    """Those who were asked give their opinions as long as the consultation is open, late ones too."""
    return may_as(user, paper, *paper.ASKED) and in_state(paper, paper.State.CONSULTED)


def may_answer_some(user: User, paper: Paper) -> Verdict:
    """The drafters say what became of the opinions, as long as one has no answer."""
    verdict = may_as(user, paper, "drafter") and in_state(paper, *paper.IN_HAND)
    if verdict and not paper.unanswered().exists():
        return Denied(_("Every opinion has been answered."), overtaken=True)
    return verdict


def may_answer(user: User, opinion: Opinion) -> Verdict:
    """The drafters say once what became of an opinion."""
    verdict = may_as(user, opinion.paper, "drafter") and in_state(opinion.paper, *opinion.paper.IN_HAND)
    if verdict and opinion.outcome:
        sentence = _("%(person)s has answered this opinion already.") % {"person": opinion.answered_by or "—"}
        return Denied(sentence, overtaken=True)
    return verdict


def may_submit(user: User, paper: Paper) -> Verdict:
    """The drafters put it to decision once others were asked and every opinion has its answer."""
    verdict = may_as(user, paper, "drafter") and in_state(
        paper, paper.State.DRAFT, paper.State.CONSULTED, paper.State.RETURNED
    )
    return verdict and _ready_to_decide(paper)


def may_issue(user: User, paper: Paper) -> Verdict:
    """Whoever keeps the series issues what was decided."""
    verdict = may_as(user, paper, "issuer") and in_state(paper, paper.State.ACCEPTED)
    if verdict and paper.replaces and paper.replaces.ended_on:
        return not_now(_("What it replaces has been replaced or repealed already."))
    return verdict


def may_review(user: User, paper: Paper) -> Verdict:
    """What is in force is looked at again by its drafters."""
    return may_as(user, paper, "drafter", "issuer") and in_state(paper, paper.State.IN_FORCE)


def may_repeal(user: User, paper: Paper) -> Verdict:
    """What is in force, and not replaced already, is repealed by whoever issues."""
    verdict = may_as(user, paper, "issuer") and in_state(paper, paper.State.IN_FORCE)
    if verdict and paper.ended_on:
        return not_now(_("Another paper replaces it already."))
    return verdict


def may_withdraw(user: User, paper: Paper) -> Verdict:
    """What is not in force yet is withdrawn by the drafters or by whoever issues."""
    before = [state for state, moves in paper.MOVES.items() if paper.State.WITHDRAWN in moves]
    verdict = may_as(user, paper, "drafter", "issuer") and in_state(paper, *before)
    # The days say what is in force; the job that moves the states may come later.
    if verdict and paper.state == paper.State.ISSUED and _has_come(paper.in_force_on):
        return Denied(_("Its day has come; it is in force."), overtaken=True)
    return verdict


def may_enter_into_force(user: User | None, paper: Paper) -> Verdict:
    """Whoever issues, or a job, lets it enter into force when its day has come."""
    verdict = in_state(paper, paper.State.ISSUED)
    if user is not None:
        verdict = may_as(user, paper, "issuer") and verdict
    if verdict and not _has_come(paper.in_force_on):
        return not_now(_("Its day has not come yet."))
    return verdict


may_decide = approvals.may_give_opinion
may_turn_down = approvals.may_turn_down
may_enter_decision = approvals.may_enter_decision
may_recall = approvals.may_recall


def _has_come(day: date | None) -> bool:
    return day is not None and day <= timezone.localdate()


def _ready_to_decide(paper: Paper) -> Verdict:
    """Say what is missing before it is put to decision."""
    if paper.edition is None:
        return not_now(_("Nothing has been written yet."))
    if paper.needs_consultation and paper.consult_until is None:
        return not_now(_("Nobody has been asked for an opinion yet."))
    left = paper.unanswered().count()
    if left:
        sentence = ngettext("%(count)s opinion has no answer yet.", "%(count)s opinions have no answer yet.", left)
        return not_now(sentence % {"count": left})
    return Allowed()
