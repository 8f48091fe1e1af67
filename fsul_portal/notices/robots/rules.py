"""Say who keeps the robots of groups."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_keep_robots(user: User) -> Verdict:
    """The system administrator lets the portal post into groups."""
    if holds(user, "fsul_portal.keep_robots"):
        return Allowed()
    return Denied(_("Only the system administrator keeps the robots of groups."))
