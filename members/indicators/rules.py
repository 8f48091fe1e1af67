"""Say who may change the dictionary of indicators."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_change_indicators(user) -> Verdict:
    """Whoever was given the dictionary changes its words (6.2.1 j)."""
    if holds(user, "members.change_indicator"):
        return Allowed()
    return Denied(_("Only those who keep the dictionary of indicators change it."))
