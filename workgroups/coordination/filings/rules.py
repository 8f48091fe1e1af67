"""Say who may do what with a filing (6.2.1 e)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.approvals import rules as approvals
from fsul_portal.approvals.rules import may_give_opinion, may_write_again
from fsul_portal.verdicts import Allowed, Denied, closed, not_now
from members.libraries.models import Library
from members.libraries.rules import speaks_for
from workgroups.coordination.filings.models import CLAUSE, Filing
from workgroups.groups.models import in_charge

FILE = "members.file_changes"


def libraries_to_file_for(user):
    """Return the libraries whose changes the user may file."""
    return Library.objects.in_hands_of(user, FILE)


def may_begin(user):
    """Editors of a library, or of its district, file changes."""
    if libraries_to_file_for(user).exists():
        return Allowed()
    return Denied(_("Changes are filed by the editors of the libraries and of their districts."))


def may_file_for(user, library):
    """Say whether this library is in the user's hands."""
    if speaks_for(user, library, FILE):
        return Allowed()
    return Denied(_("Only an editor of the library or of its district files this."))


def may_edit(user, filing):
    """Those who may file for the library change what has not been submitted, or was returned."""
    return may_write_again(user, filing) and may_file_for(user, filing.library)


def may_submit(user, filing):
    """Whoever may change a draft may hand it in."""
    return may_edit(user, filing)


def may_decide(user, filing):
    """Sign, approve, give back and refuse: the seat whose turn it is (6.2.1 e)."""
    return may_give_opinion(user, filing)


def may_withdraw(user, filing):
    """The library's side takes back what has not been carried out."""
    if not filing.can_become(Filing.State.WITHDRAWN):
        return closed(_("It is %(state)s and can no longer be withdrawn.") % {"state": filing.get_state_display()})
    return may_file_for(user, filing.library)


def may_turn_down(user, filing):
    """Give back or refuse: whoever has the turn (6.2.1 e)."""
    return approvals.may_turn_down(user, filing)


def may_enter_decision(user, filing):
    """Answer a stage that waits for a decision, with its number and day (6.2.1 e)."""
    return approvals.may_enter_decision(user, filing)


def may_recall(user, filing):
    """Whoever submitted it takes it back, as long as nobody has answered (6.2.1 e)."""
    return approvals.may_recall(user, filing)


def may_carry_out(user, filing):
    """The lead carries out by hand what the effective day could not (6.2.1 e)."""
    if filing.state == Filing.State.IN_FORCE:
        return closed(_("It has been carried out already."))
    if not holds(user, "workgroups.decide_filings", in_charge(CLAUSE)):
        return Denied(_("Only the lead of the coordination group carries a filing out by hand."))
    if filing.state != Filing.State.ACCEPTED:
        return not_now(_("Only an approved filing is carried out."))
    if filing.effective_on > timezone.localdate():
        return not_now(_("Its effective day has not come yet."))
    return Allowed()
