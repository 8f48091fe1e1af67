"""Say who sets how numbers are written."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_keep_numbers(user: User) -> Verdict:
    """The office sets the patterns of numbers."""
    if holds(user, "fsul_portal.keep_numbers"):
        return Allowed()
    return Denied(_("Only the coordination office sets how numbers are written."))
