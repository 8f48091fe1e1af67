"""Say who may set by when returns are due (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.templatetags.figures import period as period_in_words
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed
from members.periods.models import this_month


def may_set_due_day(user: User, since: str = "") -> Verdict:
    """The office sets the due day of the month that runs and of later ones; who was on time stays on time (6.2.1 j)."""
    if not holds(user, "members.set_due_days"):
        return Denied(_("Only the coordination office sets by when returns are due."))
    if since and since < this_month():
        return closed(_("%(month)s is over: its due day stays what it is.") % {"month": period_in_words(since)})
    return Allowed()
