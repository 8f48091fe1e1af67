"""Say who sets the indicators of a plan, and who enters the values of a year (6.1 b)."""

from django.utils.translation import gettext as _

from committee.plans.models import Plan
from fsul_portal.lives.rules import in_state, may_as
from fsul_portal.papers.rules import may_propose
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, not_now


def may_propose_some(user: User) -> Verdict:
    """Whoever sits where plans are proposed (6.1 b)."""
    return may_propose(user, Plan())


def may_set_indicators(user: User, plan: Plan) -> Verdict:
    """The office says what a plan is measured by, until it is put to decision."""
    return may_as(user, plan, "drafter") and in_state(plan, *plan.IN_HAND)


def may_drop_indicators(user: User, plan: Plan) -> Verdict:
    """The same, once there is one."""
    verdict = may_set_indicators(user, plan)
    return not_now(_("The plan has no indicator yet.")) if verdict and not plan.indicators.exists() else verdict


def may_enter_values(user: User, plan: Plan) -> Verdict:
    """The office enters what a year has brought, once the plan is issued and where somebody has to."""
    verdict = may_as(user, plan, "drafter") and in_state(plan, plan.State.ISSUED, plan.State.IN_FORCE)
    if verdict and not plan.indicators.filter(code="").exists():
        return not_now(_("Every indicator of this plan is added up from the returns."))
    return verdict
