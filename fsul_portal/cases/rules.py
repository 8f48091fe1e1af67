"""Say who may do what with a case."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.cases.models import Case
from fsul_portal.lives.rules import in_state, may_as, sits
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now


def may_open(user: User, case: Case) -> Verdict:
    """Whoever sits where such cases are raised."""
    return may_as(user, case, *case.OPENERS)


def may_assign(user: User, case: Case) -> Verdict:
    """The keeper gives it to somebody, or to somebody else."""
    return may_as(user, case, "keeper") and in_state(case, case.State.OPEN, case.State.ASSIGNED)


def may_progress(user: User, case: Case) -> Verdict:
    """Whoever has a hand in it says how it stands, draws others in and gives tasks, until it is closed."""
    if not case.takes_part(user):
        return Denied(_("This is for those who work on it."))
    return in_state(case, case.State.OPEN, case.State.ASSIGNED, case.State.SOLVED, case.State.REVIEWED)


def may_solve(user: User, case: Case) -> Verdict:
    """Whoever it is assigned to says how it was solved, once its tasks are done."""
    if user.pk != case.assignee_id and not sits(user, case, "keeper"):
        return Denied(_("It is in the hands of %(person)s.") % {"person": case.assignee or "—"})
    verdict = in_state(case, case.State.ASSIGNED)
    left = case.steps_open().count() if verdict else 0
    if left:
        sentence = ngettext("%(count)s task of it is not done yet.", "%(count)s tasks of it are not done yet.", left)
        return not_now(sentence % {"count": left})
    return verdict


def may_review(user: User, case: Case) -> Verdict:
    """The keeper looks at a solution, and never at his own."""
    if user == case.solved_by:
        return Denied(_("Nobody reviews a solution of his own."))
    return may_as(user, case, "keeper") and in_state(case, case.State.SOLVED)


def may_send_back(user: User, case: Case) -> Verdict:
    """The keeper, or whoever raised it, says that it is not solved."""
    return _may_as_raiser(user, case) and in_state(case, case.State.SOLVED, case.State.REVIEWED)


def may_close(user: User, case: Case) -> Verdict:
    """Whoever raised it, or the keeper, closes what is solved and was reviewed, or what needs no solution."""
    verdict = _may_as_raiser(user, case) and in_state(
        case, case.State.OPEN, case.State.ASSIGNED, case.State.SOLVED, case.State.REVIEWED
    )
    if verdict and case.state == case.State.SOLVED and case.needs_review:
        return not_now(_("Somebody else reviews the solution first."))
    return verdict


def may_reopen(user: User, case: Case) -> Verdict:
    """Whoever raised it, or the keeper, opens it again; its clocks begin anew."""
    return _may_as_raiser(user, case) and in_state(case, case.State.CLOSED)


def _may_as_raiser(user: User, case: Case) -> Verdict:
    return Allowed() if user.pk == case.started_by_id else may_as(user, case, "keeper")
