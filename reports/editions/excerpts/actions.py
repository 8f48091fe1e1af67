"""Make the file of one district or library out of a report, once, when somebody asks for it (6.2.1 j)."""

import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.notices.actions import tell
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.records.actions import record
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from fsul_portal.users import User
from fsul_portal.verdicts import require
from reports.documents.excerpts.places import Place, place_of
from reports.documents.reading import Reading
from reports.editions.actions import RUN, full_snapshot, render
from reports.editions.excerpts.models import EXCERPT_TASK, Excerpt
from reports.editions.excerpts.rules import may_extract
from reports.editions.models import Edition


class Standing(NamedTuple):
    """How far the excerpt of a place is in one language: there, under way, failed with a sentence, or not asked for."""

    language: str
    name: str
    excerpt: Excerpt | None
    run: Run | None


def standings(edition: Edition, code: str) -> list[Standing]:
    """Say of each language how far the excerpt of a place is."""
    made = {one.language: one for one in edition.excerpts.filter(place=code)}
    keys = {language: _key(edition, code, language) for language in Excerpt.Language.values}
    runs = {run.key: run for run in Run.objects.filter(key__in=keys.values())}
    return [
        Standing(language, str(label), made.get(language), runs.get(keys[language]))
        for language, label in Excerpt.Language.choices
    ]


def _key(edition: Edition, code: str, language: str) -> str:
    # Other words or an approval take the excerpts away and make another version, of which one may ask once more.
    return f"excerpt:{edition.pk}:{edition.version}:{code}:{language}"


@transaction.atomic
def request_excerpt(edition: Edition, place: Place, language: str, *, by: User) -> Run:
    """Ask for the file of a place; whoever asks while it is on its way waits for the same run (6.2.1 j)."""
    require(may_extract(by, edition, place.code, language))
    run = request_run(
        EXCERPT_TASK,
        key=_key(edition, place.code, language),
        title=lambda: _("%(report)s, excerpt of %(place)s") % {"report": edition, "place": place.name},
        parameters={"edition": edition.pk, "place": place.code, "language": language, "asked": []},
        by=by,
    )
    # Several may wait for one file, and each of them is told.
    run = Run.objects.select_for_update().get(pk=run.pk)
    if by.pk not in run.parameters["asked"]:
        run.parameters["asked"].append(by.pk)
        run.save(update_fields=["parameters"])
    return run


@transaction.atomic
def replace_lost(excerpt: Excerpt, place: Place, *, by: User) -> Run:
    """Let go of a file that its store has lost, and have it printed again out of the same figures."""
    edition, language = excerpt.edition, excerpt.language
    record(edition, "lost", by=by, before={"document": f"{place.code} ({language})"})
    excerpt.delete()
    Run.objects.filter(key=_key(edition, place.code, language)).delete()
    return request_excerpt(edition, place, language, by=by)


def print_by_run(claim: Claim) -> None:
    """Print the excerpt that a run asks for, unless it is there already, and tell whoever asked."""
    said = claim.run.parameters
    edition = Edition.objects.get(pk=said["edition"])
    if edition.excerpts.filter(place=said["place"], language=said["language"]).exists():
        claim.finish(edition)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "excerpt.pdf"
        try:
            with path.open("wb") as out:
                render(edition, "pdf", out, language=said["language"], place=said["place"])
        except DocumentUnavailable as problem:
            raise RunFailed(str(problem)) from problem
        _attach(edition, said["place"], said["language"], path, claim)


def _attach(edition: Edition, code: str, language: str, path: Path, claim: Claim) -> None:
    """Keep the file, unless somebody has changed the edition meanwhile: then it would say what that no longer says."""
    version = edition.version
    excerpt = Excerpt(edition=edition, place=code, language=language)
    with path.open("rb") as document:
        excerpt.pdf.save("excerpt.pdf", File(document), save=False)
    try:
        with transaction.atomic():
            now = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
            is_kept = now.version == version
            if is_kept:
                excerpt.save()
            claim.finish(now)
            _tell(claim.run, now, code, is_kept)
    except BaseException:
        excerpt.pdf.storage.delete(str(excerpt.pdf.name))
        raise
    if not is_kept:
        excerpt.pdf.storage.delete(str(excerpt.pdf.name))


def _tell(run: Run, edition: Edition, code: str, is_kept: bool) -> None:
    place = place_of(Reading(full_snapshot(edition)), code)
    assert place
    words = {"report": edition, "place": place.name}

    def subject() -> str:
        if is_kept:
            return _("The excerpt of %(place)s out of %(report)s is ready") % words
        return _("%(report)s was changed while its excerpt of %(place)s was printed; ask for it once more") % words

    asked = Run.objects.get(pk=run.pk).parameters["asked"]
    people = get_user_model().objects.filter(pk__in=asked)
    tell(people, key=f"{RUN}:{run.pk}:done", subject=subject, link=address_of(edition, place))


def address_of(edition: Edition, place: Place) -> str:
    """Return the page of a place."""
    name = "reports:edition-library" if place.library else "reports:edition-district"
    return reverse(name, args=[edition.pk, place.code])


def take_away(edition: Edition) -> None:
    """Take the excerpts of an edition away, since it no longer says what they say; the files go when that is done."""
    _drop(edition.excerpts.all())


@transaction.atomic
def clear_old(now: datetime) -> int:
    """Drop the excerpts that were made long ago; who asks once more has the same file made out of the same figures."""
    made = Excerpt.objects.filter(made_on__lt=now - timedelta(days=settings.EXCERPTS_KEPT_DAYS)).select_related(
        "edition"
    )
    Run.objects.filter(key__in=[_key(one.edition, one.place, one.language) for one in made]).delete()
    return _drop(made)


def _drop(excerpts: QuerySet[Excerpt]) -> int:
    """Take rows away, and their files once that is done."""
    files = [(one.pdf.storage, str(one.pdf.name)) for one in excerpts]
    excerpts.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))
    return len(files)
