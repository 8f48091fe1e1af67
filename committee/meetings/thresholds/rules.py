"""Say who sets when it is warned of too few meetings."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_set_thresholds(user: User) -> Verdict:
    """The secretary sets warning days, recipients and the number of meetings, two at least (7.1)."""
    if holds(user, "committee.keep_meetings"):
        return Allowed()
    return Denied(_("When it is warned of too few meetings is set by the secretary of the coordination office."))
