"""Say who may look at a run."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.verdicts import Allowed, Denied


def may_see(user, run):
    """A run is shown to the person who asked for it and to those who keep the portal."""
    if run.requested_by_id == user.pk or holds(user, "fsul_portal.view_run"):
        return Allowed()
    return Denied(_("Only the person who started this work can look at it."))
