"""Say who may change the dictionary of indicators, and what it is asked of."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.templatetags.figures import period
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed, not_now
from members.indicators.models import Indicator
from members.periods.models import month_due, this_month


def may_change_indicators(user: User, since: str = "") -> Verdict:
    """Whoever was given the dictionary changes its words, from this month on or a later one (6.2.1 j)."""
    if not holds(user, "members.change_indicator"):
        return Denied(_("Only those who keep the dictionary of indicators change it."))
    if since and since < this_month():
        return closed(_("%(month)s is over: its dictionary stays what it is.") % {"month": period(since)})
    return Allowed()


def may_ask(user: User, indicator: Indicator, since: str = "") -> Verdict:
    """The keeper of the dictionary lets libraries be asked for what they can know, from a month on (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict:
        return verdict
    if not indicator.is_typed:
        sentence = _("%(code)s follows from what the portal knows already: nobody is asked for it.")
        return closed(sentence % {"code": indicator.code})
    if since and since < this_month():
        return closed(_("Months that are over are not asked for anything more."))
    return Allowed()


def may_cease(user: User, indicator: Indicator, after: str = "") -> Verdict:
    """The keeper of the dictionary lets an indicator be asked no more, after a month (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict:
        return verdict
    if not indicator.in_use:
        return not_now(_("%(code)s is not asked of anybody.") % {"code": indicator.code})
    if after and after < month_due():
        return closed(_("Months that are over stay as they were asked for."))
    return Allowed()
