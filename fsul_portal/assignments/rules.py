"""Say who does a task, and who looks at it afterwards."""

from django.utils.translation import gettext as _

from fsul_portal.assignments.models import Assignment
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

OPEN, DONE, CHECKED, WITHDRAWN = Assignment.State


def may_do(user: User, assignment: Assignment) -> Verdict:
    """The person, or a holder of the seat, does what is open."""
    if not assignment.can_become(DONE):
        return Denied(_standing(assignment), overtaken=True)
    if not assignment.is_for(user):
        return Denied(_("This task is for somebody else."))
    return Allowed()


def may_check(user: User, assignment: Assignment) -> Verdict:
    """The checker, or whoever gave the task, looks at what somebody else has done."""
    if assignment.checker_id is None:
        return Denied(_("Nobody has to check this task."))
    if not assignment.can_become(CHECKED):
        return Denied(_standing(assignment), overtaken=True)
    if user.pk == assignment.done_by_id:
        return Denied(_("Nobody checks what he has done himself."))
    if user.pk not in {assignment.checker_id, assignment.assigned_by_id}:
        return Denied(_("This task is checked by %(person)s.") % {"person": assignment.checker})
    return Allowed()


def may_withdraw(user: User, assignment: Assignment) -> Verdict:
    """Whoever gave a task takes it back while it is open."""
    if not assignment.can_become(WITHDRAWN):
        return Denied(_standing(assignment), overtaken=True)
    if user.pk != assignment.assigned_by_id:
        return Denied(_("Only the person who gave this task takes it back."))
    return Allowed()


def _standing(assignment: Assignment) -> str:
    person = assignment.checked_by or assignment.done_by or assignment.withdrawn_by
    if person is None:
        return _("This task is %(state)s.") % {"state": assignment.get_state_display()}
    return _("This task is %(state)s already, by %(person)s.") % {
        "state": assignment.get_state_display(),
        "person": person,
    }
