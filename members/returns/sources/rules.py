"""Say who keeps how exports of the library system are read (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_keep_source(user: User) -> Verdict:
    """The office says what the columns of an export mean; those who report use it (6.2.1 j)."""
    if holds(user, "members.import_returns"):
        return Allowed()
    return Denied(_("Only the coordination office says how an export is read."))
