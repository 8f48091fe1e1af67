"""Say who opens the data, and who reads it."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from reports.opendata.models import Openness, Token


def may_keep_tokens(user: User) -> Verdict:
    """The office keeps the tokens (6.2.1 j)."""
    if holds(user, "reports.open_data"):
        return Allowed()
    return Denied(_("Only the coordination office keeps the tokens of the open data."))


def may_revoke(user: User, token: Token) -> Verdict:
    """The office takes back a token that still stands (6.2.1 j)."""
    kept = may_keep_tokens(user)
    if not kept:
        return kept
    if token.revoked_at:
        return Denied(_("This token has been revoked already."), overtaken=True)
    return Allowed()


def may_open(user: User, openness: Openness) -> Verdict:
    """The office lets everybody read what is published (6.2.1 j)."""
    return _may_turn(user, openness, to=True, already=_("The data is open to everybody already."))


def may_close(user: User, openness: Openness) -> Verdict:
    """The office asks for a token again (6.2.1 j)."""
    return _may_turn(user, openness, to=False, already=_("The data asks for a token already."))


def _may_turn(user: User, openness: Openness, *, to: bool, already: str) -> Verdict:
    if not holds(user, "reports.open_data"):
        return Denied(_("Only the coordination office opens the data to everybody, and closes it."))
    return Denied(already, overtaken=True) if openness.is_open == to else Allowed()
