"""Say who may look at a run, and who may start it again."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds
from fsul_portal.runs.models import Run
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


def may_see(user: User, run: Run) -> Verdict:
    """A run is shown to the person who asked for it and to those who keep the portal."""
    if run.requested_by_id == user.pk or holds(user, "fsul_portal.view_run"):
        return Allowed()
    return Denied(_("Only the person who started this work can look at it."))


def may_start_again(user: User, run: Run) -> Verdict:
    """What has failed is started again by those who may look at it."""
    if not may_see(user, run):
        return Denied(_("Only the person who asked for this work, the office or the administrator starts it again."))
    if run.state != run.State.FAILED:
        return Denied(
            _("This work has not failed; it is %(state)s.") % {"state": run.get_state_display()}, overtaken=True
        )
    return Allowed()
