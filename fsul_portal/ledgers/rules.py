"""Say who keeps a ledger."""

from django.utils.translation import gettext as _

from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.lives.rules import in_state, may_as
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict, not_now


def may_enter(user: User, entry: LedgerEntry) -> Verdict:
    """Whoever keeps the ledger enters what belongs in it."""
    return may_as(user, entry, "keeper")


def may_correct(user: User, entry: LedgerEntry) -> Verdict:
    """What stands is put right by whoever keeps it; the record says what it was."""
    return may_as(user, entry, "keeper") and in_state(entry, entry.State.STANDING)


def may_renew(user: User, entry: LedgerEntry) -> Verdict:
    """What stands and has a last day is renewed, before that day or after it."""
    verdict = may_correct(user, entry)
    if verdict and entry.until is None:
        return not_now(_("It has no last day; there is nothing to renew."))
    return verdict


def may_end(user: User, entry: LedgerEntry) -> Verdict:
    """What stands is ended by whoever keeps it."""
    return may_correct(user, entry)
