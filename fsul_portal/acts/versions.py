"""Hold a form to the version that it was drawn from: nobody overwrites or signs what he has not seen."""

from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.records.models import Record
from fsul_portal.templatetags.figures import iso_moment
from fsul_portal.verdicts import Overtaken


class Stale(Overtaken):
    """Stand for a form drawn from an older version of the thing; its page is shown again with the text kept."""


def require_version(thing: Any, version: int | None) -> None:
    """Refuse what was written on the ground of an older page; without a version nobody looked (a job, the demo)."""
    if version is None or version == thing.version:
        return
    last = Record.objects.of(thing).first()
    if last is None:
        raise Stale(_("This was changed while you had the page open; look at it again as it is now."))
    raise Stale(
        _("%(person)s changed this at %(at)s, while you had the page open; nothing of yours has been saved.")
        % {"person": last.by or _("Somebody"), "at": iso_moment(last.at)}
    )
