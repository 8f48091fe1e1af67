"""Say who may do what with the registry."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.libraries.models import Library


def may_import_libraries(user: User) -> Verdict:
    """The office loads the registry from files."""
    if holds(user, "members.import_libraries"):
        return Allowed()
    return Denied(_("Only the coordination office imports the registry."))


def speaks_for(user: User, library: Library, permission: str) -> bool:
    """Return whether the user holds the permission for this library: on itself, or on today's district."""
    return holds(user, permission, library, library.district)


def oversees(user: User) -> bool:
    """Return whether the user sees the drafts of all libraries."""
    return holds(user, "members.oversee_libraries")
