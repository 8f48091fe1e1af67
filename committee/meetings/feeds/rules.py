"""Say who renews the address of the committee's calendar."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_renew_feed(user: User) -> Verdict:
    """The secretary gives the committee's calendar an address, and a new one when too many know it (6.2.1 b)."""
    if holds(user, "committee.keep_meetings"):
        return Allowed()
    return Denied(_("The address of the committee's calendar is renewed by the secretary of the coordination office."))
