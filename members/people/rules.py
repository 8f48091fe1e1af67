"""Say who keeps accounts and roles."""

from django.utils.translation import gettext as _

from fsul_portal.access.roles import OF_SEATS, ROLES
from fsul_portal.access.rules import may_manage_people
from fsul_portal.verdicts import Denied


def may_change_account(user, person):
    """The system administrator keeps accounts, but not those of the people who set the portal up."""
    verdict = may_manage_people(user)
    if verdict and person is not None and person.is_superuser:
        return Denied(_("This account was made on the machine itself and is kept there."))
    return verdict


def may_deactivate(user, person):
    """Nobody shuts himself out."""
    if person.pk == user.pk:
        return Denied(_("Nobody deactivates an account of his own."))
    return may_change_account(user, person)


def may_grant(user, person, role=""):
    """The system administrator gives and ends roles, never his own, and never those that come with a seat (5.1)."""
    verdict = may_manage_people(user)
    if verdict and person.pk == user.pk:
        return Denied(_("Nobody gives or ends a role of his own."))
    if verdict and role in OF_SEATS:
        title = {"role": ROLES[role].title}
        return Denied(_("%(role)s: this role comes and goes with a seat in the committee or in a group.") % title)
    return verdict
