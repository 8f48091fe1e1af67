"""Look at big files and take them in in the background."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fsul_portal.intake import actions
from fsul_portal.intake.models import Upload
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.tasks import RunFailed, recorded
from fsul_portal.sheets import Sheet, SheetRefused
from fsul_portal.verdicts import Overtaken


@recorded(actions.CHECK)
def check(claim: Claim) -> None:
    """Find what a file would do."""
    upload = Upload.objects.get(pk=claim.run.parameters["upload"])
    with translation.override(upload.wishes.get("language") or settings.LANGUAGE_CODE):
        claim.tell(1, 3, lambda: _("The file is read."))
        sheet = _sheet(upload)
        claim.tell(2, 3, lambda: _("The rows are compared with what is stored."))
        try:
            with transaction.atomic():
                actions.look(upload, sheet)
                claim.finish(upload)
        except SheetRefused as refusal:
            raise RunFailed(refusal.sentence) from refusal


@recorded(actions.TAKE_IN)
def take_in(claim: Claim) -> None:
    """Take in what somebody has seen and confirmed."""
    upload = Upload.objects.get(pk=claim.run.parameters["upload"])
    by = claim.run.requested_by
    # Nobody is the office's command, of which no rule is asked; a run is asked for by a person.
    assert by is not None
    with translation.override(upload.wishes.get("language") or settings.LANGUAGE_CODE):
        claim.tell(1, 3, lambda: _("The file is read."))
        sheet = _sheet(upload)
        claim.tell(2, 3, lambda: _("The rows are taken in."))
        try:
            with transaction.atomic():
                actions.confirm(upload, by=by, digest=claim.run.parameters["digest"], sheet=sheet)
                claim.finish(upload)
        except Overtaken as refusal:
            raise RunFailed(str(refusal)) from refusal


def _sheet(upload: Upload) -> Sheet:
    try:
        return actions.sheet_of(upload)
    except SheetRefused as refusal:
        raise RunFailed(refusal.sentence) from refusal
    except FileNotFoundError as gone:
        raise RunFailed(_("This upload is no longer kept. Please choose the file again.")) from gone
