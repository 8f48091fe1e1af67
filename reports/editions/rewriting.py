"""Write the documents of an edition anew where they no longer are those of its texts and its state (6.2.1 j)."""

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet

from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.records.actions import record
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from fsul_portal.users import User
from fsul_portal.verdicts import require
from reports.editions.actions import write_missing
from reports.editions.english import ENGLISH, ask_for_english
from reports.editions.excerpts.actions import take_away
from reports.editions.life.rules import may_take_up
from reports.editions.models import WRITE_TASK, Edition

# JSON holds figures alone, so that it outlives every word.
WORDED = ("pdf", "xlsx", "pdf_en", "xlsx_en")


def write_anew(edition: Edition, *, by: User) -> Run:
    """Take away the documents whose words are no longer those of the edition, and have them written (6.2.1 j).

    Runs inside the caller's transaction; the files go when it is done.
    """
    old = [getattr(edition, form) for form in WORDED if getattr(edition, form)]
    transaction.on_commit(partial(_remove, [(document.storage, document.name) for document in old]))
    Edition.objects.filter(pk=edition.pk).update(**dict.fromkeys(WORDED, ""))
    for form in WORDED:
        setattr(edition, form, "")
    take_away(edition)
    return _ask(edition, f"write:{edition.pk}:{edition.version}", by)


@transaction.atomic
def take_up(edition: Edition, *, by: User) -> Run:
    """Have the documents written whose writing was interrupted; while a run is at work it is that one (6.2.1 j)."""
    require(may_take_up(by, edition))
    under_way = _asked(edition).filter(state__in=[Run.State.QUEUED, Run.State.RUNNING]).first()
    return under_way or _ask(edition, _next_key(edition), by)


@transaction.atomic
def replace_lost(edition: Edition, form: str, *, by: User) -> None:
    """Have a document written again that the store has lost, out of the same figures; nobody asks for it twice.

    form: the field of the document. Whoever may read it may ask: nothing but what was there comes back (6.2.1 j).
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    lost = getattr(edition, form)
    # Somebody else may have asked meanwhile.
    if not lost or lost.storage.exists(lost.name):
        return
    Edition.objects.filter(pk=edition.pk).update(**{form: ""})
    record(edition, "lost", by=by, before={"document": form})
    if form.endswith(f"_{ENGLISH}"):
        ask_for_english(edition, by=by)
    else:
        _ask(edition, _next_key(edition), by)


def _next_key(edition: Edition) -> str:
    return f"write:{edition.pk}:taken-up:{_asked(edition).count()}"


def _asked(edition: Edition) -> QuerySet[Run]:
    return Run.objects.filter(task=WRITE_TASK, parameters__edition=edition.pk)


def _ask(edition: Edition, key: str, by: User) -> Run:
    return request_run(WRITE_TASK, key=key, title=lambda: str(edition), parameters={"edition": edition.pk}, by=by)


def write_by_run(claim: Claim) -> None:
    """Write what an edition lacks when the run comes to it."""
    edition = Edition.objects.get(pk=claim.run.parameters["edition"])
    try:
        write_missing(edition, tell=claim.tell, finish=claim.finish)
    except DocumentUnavailable as problem:
        raise RunFailed(str(problem)) from problem


def _remove(old: Iterable[tuple[Storage, str]]) -> None:
    for storage, name in old:
        storage.delete(name)
