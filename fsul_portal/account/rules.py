"""Say what a person may do with an account of his own."""

from django.utils.translation import gettext as _

from fsul_portal.account.models import SignedIn
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_keep_details(user: User, person: User) -> Verdict:
    """Everybody keeps how he is reached, and nobody else's."""
    if user.pk != person.pk:
        return Denied(_("Telephone and mail are kept by the person himself or by the administrator."))
    return Allowed()


def may_end_session(user: User, signed_in: SignedIn) -> Verdict:
    """Everybody ends sessions of his own."""
    if user.pk != signed_in.person_id:
        return Denied(_("Only the person who signed in ends this session."))
    return Allowed()
