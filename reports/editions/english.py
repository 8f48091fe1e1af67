"""Make the English copy of an edition out of its frozen figures, once, when somebody asks for it (6.2.1 j)."""

import tempfile
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.notices.actions import tell
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from fsul_portal.users import User
from fsul_portal.verdicts import require
from reports.editions.actions import RUN, attach_documents, render, writing
from reports.editions.models import ENGLISH_TASK, Edition
from reports.editions.rules import may_translate

ENGLISH = "en"
# What is translated; JSON has no words of its own.
TRANSLATED = ("xlsx", "pdf")


@transaction.atomic
def request_english(edition: Edition, *, by: User) -> Run:
    """Ask for the English copy; while it is on its way to this person it is the same run, however often asked."""
    require(may_translate(by, edition))
    return ask_for_english(edition, by=by)


def ask_for_english(edition: Edition, *, by: User) -> Run:
    """Ask once for what is missing of the copy, until it is there; a rule was asked already.

    Each person sees the runs that he asked for; whoever comes second finds the copy there. A copy that was taken away,
    by other words or by a store that lost it, can be asked for once more.
    """
    key = f"english:{edition.pk}:{edition.version}:{by.pk}"
    earlier = Run.objects.filter(task=ENGLISH_TASK, key__startswith=f"{key}:", state=Run.State.DONE).count()
    return request_run(
        ENGLISH_TASK,
        key=f"{key}:{earlier}",
        title=lambda: _("%(report)s, English copy") % {"report": edition},
        parameters={"edition": edition.pk},
        by=by,
    )


def build_english(claim: Claim) -> None:
    """Write the copy that a run asks for, unless it is there already, and tell who asked."""
    edition = Edition.objects.get(pk=claim.run.parameters["edition"])

    def finish(edition: Edition) -> None:
        claim.finish(edition)
        if claim.run.requested_by:
            tell(
                [claim.run.requested_by],
                key=f"{RUN}:{claim.run.pk}:done",
                subject=lambda: _("The English copy of %(report)s is ready") % {"report": edition},
                link=edition.get_absolute_url(),
            )

    with tempfile.TemporaryDirectory() as folder:
        made = []
        for step, form in enumerate(TRANSLATED):
            if not getattr(edition, f"{form}_en"):
                claim.tell(step, len(TRANSLATED), writing(form))
                path = Path(folder) / f"report.{form}"
                with path.open("wb") as out:
                    _write(edition, form, out)
                made.append((f"{form}_en", path))
        attach_documents(edition, made, finish)


def _write(edition: Edition, form: str, out: IO[bytes]) -> None:
    try:
        render(edition, form, out, language=ENGLISH)
    except DocumentUnavailable as problem:
        raise RunFailed(str(problem)) from problem
