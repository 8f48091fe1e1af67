"""Say who keeps the calendar."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_keep_calendar(user: User) -> Verdict:
    """The office sets the holidays once the State Council has published them."""
    if holds(user, "fsul_portal.keep_calendar"):
        return Allowed()
    return Denied(_("Only the coordination office sets holidays and working weekends."))
