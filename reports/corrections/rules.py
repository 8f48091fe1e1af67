"""Say who may ask for a correction, reopen cells, and agree (6.2.1 j)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.approvals.rules import may_write_again
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, closed, not_now
from members.divisions.models import Division
from members.libraries.models import Library
from members.libraries.rules import oversees, speaks_for
from members.periods.models import Period
from members.returns.due.expected import standing_of
from reports.corrections.models import Correction

REPORT, ACCEPT, OFFICE = "members.report_returns", "members.accept_returns", "members.import_returns"
# The lead of the coordination group agrees.
APPROVE = "workgroups.approve_corrections"


def may_begin(user: User) -> Verdict:
    """Whoever reports or accepts somewhere, or the office, asks for corrections (6.2.1 j)."""
    somewhere = any(places_held(user, right, place) for right in (REPORT, ACCEPT) for place in (Division, Library))
    if somewhere or holds(user, OFFICE):
        return Allowed()
    return Denied(_("Only those who report for a library or its district, and the office, ask for corrections."))


def may_look(user: User) -> Verdict:
    """Those who oversee the system, and whoever may ask for a correction, see the slips that concern them (6.2.1 j)."""
    if oversees(user) or may_begin(user):
        return Allowed()
    return Denied(_("Corrections are seen by those who report for libraries and by those who oversee the system."))


def may_correct(user: User, library: Library, period: Period) -> Verdict:
    """Those who report or accept for a library, and the office, ask for a correction of a locked period (6.2.1 j)."""
    if not has_in_hand(user, library):
        return Denied(_("Only those who report for the library or its district, and the office, correct its figures."))
    return _can_be_corrected(library, period)


def has_in_hand(user: User, library: Library) -> bool:
    """Return whether the figures of a library are this person's to correct."""
    return holds(user, OFFICE) or any(speaks_for(user, library, right) for right in (REPORT, ACCEPT))


def _can_be_corrected(library: Library, period: Period) -> Verdict:
    if not period.is_locked:
        way = Way(_("The return"), reverse("returns:return-edit", args=[library.code, period.code]))
        return not_now(_("%(period)s is not locked: change the return itself.") % {"period": period}, way)
    if not standing_of(library, period).belongs:
        return closed(_("The library did not belong to the system on any day of this period."))
    return Allowed()


def may_reopen_any(user: User) -> Verdict:
    """The office reopens figures (6.2.1 j)."""
    if holds(user, OFFICE):
        return Allowed()
    return Denied(_("Only the coordination office reopens figures of a locked period."))


def may_reopen(user: User, library: Library, period: Period) -> Verdict:
    """The office reopens cells of a locked period for a library (6.2.1 j)."""
    return may_reopen_any(user) and _can_be_corrected(library, period)


def may_edit(user: User, correction: Correction) -> Verdict:
    """Those who may correct the library's figures change a slip that has not been handed in, or was returned."""
    return may_write_again(user, correction) and may_correct(user, correction.library, correction.period)


def may_withdraw(user: User, correction: Correction) -> Verdict:
    """Whoever may correct the figures lets go of a slip that nobody has agreed to."""
    if not correction.can_become(Correction.State.WITHDRAWN):
        return closed(_("It is %(state)s and can no longer be withdrawn.") % {"state": correction.get_state_display()})
    if not has_in_hand(user, correction.library):
        return Denied(_("Only those who report for the library or its district, and the office, withdraw it."))
    return Allowed()
