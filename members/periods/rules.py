"""Say whether anything may still change in a period (6.2.1 j)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.verdicts import Allowed, closed, not_now


def is_open(period):
    """Nothing changes in a locked period, and nothing is reported before it begins (6.2.1 j)."""
    if period.is_locked:
        return closed(_("%(period)s is locked; nothing in it changes any more.") % {"period": period})
    if period.first_day > timezone.localdate():
        return not_now(_("%(period)s has not begun yet.") % {"period": period})
    return Allowed()
