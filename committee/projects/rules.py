"""Say who may do what with a key project (6.1 c, 6.2.1 f)."""

from django.utils.translation import gettext as _

from committee.projects.models import Project
from fsul_portal.lives.rules import in_state, may_as, sits
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, not_now

State = Project.State


def may_propose(user: User) -> Verdict:
    """The committee, the leads, the office and the reviewers of the districts propose projects (6.1 c)."""
    return may_as(user, Project(), "proposer", "districts")


def may_decide(user: User, project: Project) -> Verdict:
    """Chair or deputy enter the decision of the meeting, and never on a proposal of their own (6.1 c)."""
    verdict = may_as(user, project, "decider")
    if verdict and user.pk == project.started_by_id:
        return Denied(_("Nobody decides on a proposal of their own."))
    return verdict and in_state(project, State.PROPOSED)


def may_drop(user: User, project: Project) -> Verdict:
    """The office puts a proposal away that is not taken up."""
    return may_as(user, project, "keeper") and in_state(project, State.PROPOSED)


def may_plan(user: User, project: Project) -> Verdict:
    """Whoever is responsible and the office add milestones and risks."""
    return _has_in_hand(user, project) and in_state(project, *Project.IN_HAND)


def may_begin(user: User, project: Project) -> Verdict:
    """It begins once it is decided on and has a milestone."""
    verdict = _has_in_hand(user, project) and in_state(project, State.DECIDED)
    if verdict and not project.milestones.exists():
        return not_now(_("It has no milestone yet."))
    return verdict


def may_update(user: User, project: Project) -> Verdict:
    """Whoever is responsible, or the office for him, says each month how it stands (6.2.1 f)."""
    return _has_in_hand(user, project) and in_state(project, State.UNDER_WAY)


def may_reach(user: User, project: Project) -> Verdict:
    """Whoever is responsible and the office say that a milestone is reached."""
    verdict = may_update(user, project)
    if verdict and not project.milestones.filter(done_on__isnull=True).exists():
        return Denied(_("Every milestone has been reached."), overtaken=True)
    return verdict


def may_move(user: User, project: Project) -> Verdict:
    """The office moves a milestone by a decision of the committee (6.1 c)."""
    verdict = may_as(user, project, "keeper") and in_state(project, State.DECIDED, State.UNDER_WAY)
    if verdict and not project.milestones.filter(done_on__isnull=True).exists():
        return not_now(_("No milestone is open."))
    return verdict


def may_close_risk(user: User, project: Project) -> Verdict:
    """Whoever is responsible and the office say that a risk is gone."""
    verdict = may_plan(user, project)
    if verdict and not project.risks.filter(closed_on__isnull=True).exists():
        return not_now(_("No risk is open."))
    return verdict


def may_accept(user: User, project: Project) -> Verdict:
    """Chair or deputy accept what was done, not whoever is responsible, once every milestone is reached (6.1 c)."""
    verdict = may_as(user, project, "decider")
    if verdict and user.pk == project.manager_id:
        return Denied(_("Nobody accepts a project of their own."))
    verdict = verdict and in_state(project, State.UNDER_WAY)
    if verdict and project.milestones.filter(done_on__isnull=True).exists():
        return not_now(_("Not every milestone has been reached."))
    return verdict


def may_end(user: User, project: Project) -> Verdict:
    """Chair or deputy end it early, with the reason (6.1 c)."""
    return may_as(user, project, "decider") and in_state(project, State.DECIDED, State.UNDER_WAY)


def may_give_bulletin(user: User) -> Verdict:
    """The office gives the bulletin of a quarter out (6.2.1 f)."""
    return may_as(user, Project(), "keeper")


def _has_in_hand(user: User, project: Project) -> Verdict:
    if user.pk == project.manager_id or sits(user, project, "keeper"):
        return Allowed()
    return Denied(_("It is in the hands of %(person)s.") % {"person": project.manager or "—"})
