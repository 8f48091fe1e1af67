"""Say who may do what with the registry."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied


def may_import_libraries(user):
    """The office loads the registry from files."""
    if holds(user, "members.import_libraries"):
        return Allowed()
    return Denied(_("Only the coordination office imports the registry."))


def speaks_for(user, library, permission):
    """Return whether the user holds the permission for this library: on itself, or on today's district."""
    return holds(user, permission, library, library.district)


def oversees(user):
    """Return whether the user sees the drafts of all libraries."""
    return holds(user, "members.oversee_libraries")
