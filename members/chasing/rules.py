"""Say who may chase missing returns (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now
from members.divisions.models import Division
from members.periods.models import Period
from members.returns.due.days import is_over

OFFICE, OF_DISTRICT = "members.lock_months", ("members.accept_returns", "members.report_returns")


def chases_in(user: User, district: Division) -> bool:
    """Return whether missing returns of a district are this person's to chase."""
    return holds(user, OFFICE) or any(holds(user, right, district) for right in OF_DISTRICT)


def may_chase(user: User, period: Period, district: Division) -> Verdict:
    """The office chases everywhere, a district its own, once a period is over and until it is locked (6.2.1 j)."""
    if not chases_in(user, district):
        return Denied(_("Only the coordination office and the district itself chase its returns."))
    if period.is_locked:
        return closed(_("%(period)s is locked; nothing in it changes any more.") % {"period": period})
    if not is_over(period):
        return not_now(_("%(period)s is not over yet.") % {"period": period})
    return Allowed()
