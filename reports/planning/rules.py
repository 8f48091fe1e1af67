"""Say who writes and who sets the plan of an annual report (6.1 d)."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now
from reports.editions.life.rules import OFFICE, READERS
from reports.planning.models import ReportPlan

SETS = "reports.sign_reports"


def may_read_plans(user: User) -> Verdict:
    """Those who read all reports read what is planned (6.1 d)."""
    if holds(user, READERS):
        return Allowed()
    return Denied(_("The plans of the annual reports are read by those who read all reports."))


def may_write_plan(user: User, plan: ReportPlan | None) -> Verdict:
    """The office writes the plan until the chair has set it (6.1 d)."""
    if not holds(user, OFFICE):
        return Denied(_("Only the coordination office writes the plan of an annual report."))
    return Allowed() if plan is None else _is_open(plan)


def may_set_plan(user: User, plan: ReportPlan) -> Verdict:
    """The chair sets the plan, and never one that he wrote himself (6.1 d)."""
    if not holds(user, SETS):
        return Denied(_("Only the chair of the committee sets the plan of an annual report."))
    if plan.state == plan.State.DRAFT and plan.written_by_id == user.pk:
        return Denied(_("Nobody sets a plan which he wrote himself."))
    if plan.state == plan.State.DRAFT and not plan.parts.exists():
        return not_now(_("The plan does not say yet who writes what."))
    return _is_open(plan)


def _is_open(plan: ReportPlan) -> Verdict:
    if plan.state == plan.State.DRAFT:
        return Allowed()
    return closed(_("The plan is set; nothing of it changes any more."))
