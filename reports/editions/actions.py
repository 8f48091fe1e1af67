"""Freeze, render and publish the editions of a report (6.2.1 j)."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.grammar.moments import one_moment
from fsul_portal.grammar.words import Spoken
from fsul_portal.notices.actions import tell as tell_people
from fsul_portal.notices.kinds import kind as notice_kind
from fsul_portal.printing.glyphs import named
from fsul_portal.printing.jobs import Press
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.records.actions import record
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from fsul_portal.templatetags.figures import period as period_in_words
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.periods.models import months_of, period_days
from reports.documents.versions import as_known_by
from reports.editions.figures.snapshot import digest, freeze
from reports.editions.life.letters import how_it_was_built
from reports.editions.models import TASK, UNPRINTABLE_KEPT, Edition
from reports.editions.rules import may_build
from reports.editions.workshop.actions import SharedPress

FORMATS = ("json", "xlsx", "pdf")
CHINESE, FREEZING_TRIES = "zh-hans", 3
RUN = notice_kind("run", gettext_lazy("Reports that are ready"))


class PeriodRefused(ValueError):
    """Say that a kind of report and a period do not go together."""


def check_period(kind, code):
    """Refuse a month for an annual report, a year for a monthly one, and what has not begun."""
    try:
        first_day, __ = period_days(code)
    except ValueError as problem:
        raise PeriodRefused(_("%(code)s is no period; write 2025 or 2025-03.") % {"code": code}) from problem
    if kind not in Edition.Kind.values or (kind == Edition.Kind.ANNUAL) != (len(code) == 4):
        raise PeriodRefused(_("An annual report takes a year such as 2025, a monthly one a month such as 2025-03."))
    if first_day > timezone.localdate():
        raise PeriodRefused(_("%(code)s has not begun yet.") % {"code": code})
    first_over = period_days(months_of(code)[0])[1]
    if first_over >= timezone.localdate():
        words = {"code": code, "day": first_over + timedelta(days=1)}
        raise PeriodRefused(_("Nothing of %(code)s is over yet: a report of it can be built from %(day)s on.") % words)


@transaction.atomic
def request_edition(kind, code, *, by):
    """Ask for a report to be built; while one is on its way it is the same run, however often asked (6.2.1 j)."""
    require(may_build(by))
    check_period(kind, code)
    earlier = Run.objects.filter(task=TASK, parameters__kind=kind, parameters__period=code)
    under_way = earlier.filter(state__in=[Run.State.QUEUED, Run.State.RUNNING]).first()
    if under_way:
        return under_way
    return request_run(
        TASK,
        key=f"{kind}:{code}:request:{earlier.count()}",
        title=lambda: _("%(kind)s %(period)s") % {"kind": Edition.Kind(kind).label, "period": period_in_words(code)},
        parameters={"kind": kind, "period": code},
        by=by,
    )


def writing(form: str) -> Spoken:
    return lambda: _("Writing the %(form)s") % {"form": form.upper()}


def freeze_edition(
    kind: str, code: str, *, by: User | None = None, tell: Callable[..., None] = lambda *step: None
) -> Edition:
    """Return the edition of these very figures: the one that stands, or the next one (6.1 d)."""
    check_period(kind, code)
    tell(1, 4)
    with one_moment():
        data = freeze(kind, code)
    tell(4, 4)
    mark = digest(data)
    for __ in range(FREEZING_TRIES):
        try:
            return _edition_of(kind, code, data, mark, by)
        except IntegrityError:
            # Another builder took this number, or froze the same figures, at the same moment.
            continue
    return Edition.objects.get(kind=kind, period=code, digest=mark)


@transaction.atomic
def _edition_of(kind, code, data, mark, by):
    editions = Edition.objects.filter(kind=kind, period=code).order_by("-number")
    standing = editions.filter(digest=mark).first() or _in_another_shape(editions, data)
    if standing:
        return standing
    last = editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        kind=kind,
        period=code,
        number=last + 1,
        provisional=data["provisional"],
        snapshot=data,
        digest=mark,
        frozen_by=by,
        started_by=by,
        texts=carried_on(editions.first()),
    )
    record(edition, "frozen", by=by, after={"digest": mark})
    return edition


def _in_another_shape(editions, data):
    """Return the last edition if it holds these figures as it knew them: they are not revised since more is frozen now.

    An earlier one with the same figures is another matter: they were corrected in between, and back again.
    """
    last = editions.first()
    return last if last and last.digest == digest(as_known_by(last.snapshot, data)) else None


def full_snapshot(edition: Edition) -> dict[str, Any]:
    """Return what the documents are made of: the frozen data with the edition's own number, clock and digest."""
    return {
        **edition.snapshot,
        "edition": edition.number,
        "frozen_at": timezone.localtime(edition.frozen_at).isoformat(timespec="seconds"),
        "hash": edition.digest,
        **_words_of(edition),
    }


def _words_of(edition: Edition) -> dict[str, Any]:
    """Return what the documents of an edition say beside its figures."""
    return {"texts": edition.texts, **signatures(edition)}


def signatures(edition: Edition) -> dict[str, Any]:
    """Return who answers for a report, as the documents print it; a draft says that it is one.

    Editions that were published before reports were reviewed name nobody, and are no drafts.
    """
    if edition.state not in (edition.State.ACCEPTED, edition.State.IN_FORCE):
        return {"draft": True}
    given = [turn for turn in edition.opinions.select_related("given_by") if turn.round == edition.round]
    if not given:
        return {}
    *reviewed, signed = given
    return {
        "signed": {
            "compiled": str(edition.submitted_by),
            "reviewed": [str(turn.given_by) for turn in reviewed],
            "signed": str(signed.given_by),
            "decision": signed.decision_number,
            "on": (signed.decided_on or timezone.localdate(signed.given_at)).isoformat(),
        }
    }


def carried_on(last: Edition | None) -> dict[str, Any]:
    """Return the texts with which the next edition of a report begins."""
    return last.texts if last else {}


def render(
    edition: Edition,
    form: str,
    out: IO[bytes],
    *,
    language: str = CHINESE,
    progress: Callable[[int, int], None] | None = None,
    press: Press | None = None,
    place: str = "",
) -> list[str]:
    """Write one document of an edition into an open binary file; return the characters that it cannot show.

    place: of which alone a PDF speaks. press: who prints its parts; all workers together, if nobody is named.
    """
    # WeasyPrint and matplotlib are heavy and need system libraries; only whoever renders pays for them.
    from reports.documents.json import render_json
    from reports.documents.pdf import render_pdf
    from reports.documents.workbook import render_xlsx

    snapshot = full_snapshot(edition)
    if form == "pdf":
        press = press or SharedPress()
        return render_pdf(snapshot, out, language=language, progress=progress, press=press, place=place)
    if form == "xlsx":
        render_xlsx(snapshot, out, language=language)
    else:
        render_json(snapshot, out)
    return []


def build_edition(kind, code, *, by=None, tell=lambda *step: None, finish=lambda edition: None):
    """Freeze and render an edition; `finish` is called in the transaction that makes its documents visible.

    Whatever interrupts it, nothing half made is seen: the documents are attached together at the end, and a second
    call goes on with the same figures.
    """
    edition = freeze_edition(kind, code, by=by, tell=lambda done, of: tell(done, 10, lambda: _("Adding up")))
    return write_missing(edition, tell=tell, finish=finish)


def write_missing(
    edition: Edition,
    *,
    tell: Callable[..., None] = lambda *step: None,
    finish: Callable[[Edition], None] = lambda edition: None,
) -> Edition:
    """Write the documents that an edition lacks, as it stands now, and attach them together."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for step, form in enumerate(FORMATS):
            if not getattr(edition, form):
                tell(4 + step, 10, writing(form))
                path = Path(folder) / f"report.{form}"
                with path.open("wb") as out:
                    gaps = render(edition, form, out, progress=_within(tell, form))
                    edition.unprintable = "".join(gaps)[:UNPRINTABLE_KEPT] or edition.unprintable
                made.append((form, path))
        return attach_documents(edition, made, finish)


def _within(tell: Callable[..., None], form: str) -> Callable[[int, int], None]:
    """Tell of the parts of a document as of the last three of ten steps, so that the bar goes on."""
    return lambda done, of: tell(6 * of + 3 * done, 10 * of, writing(form))


def attach_documents(
    edition: Edition, made: Sequence[tuple[str, Path]], finish: Callable[[Edition], None] = lambda edition: None
) -> Edition:
    """Attach documents to the fields of an edition, all of them or none.

    What was made of an edition that somebody has changed meanwhile is left away: a later run writes it anew.
    """
    stored = []
    try:
        with transaction.atomic():
            unprintable, words = edition.unprintable, _words_of(edition)
            edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
            if _words_of(edition) != words:
                finish(edition)
                return edition
            edition.unprintable = unprintable
            for form, path in made:
                with path.open("rb") as document:
                    getattr(edition, form).save(path.name, File(document), save=False)
                stored.append(getattr(edition, form))
            edition.save(update_fields=["unprintable", *(form for form, __ in made)])
            finish(edition)
    except BaseException:
        for document in stored:
            document.storage.delete(document.name)
        raise
    return edition


def gaps_told(unprintable: Sequence[str]) -> str:
    """Say which characters of a report no font of this machine can draw; nothing where there are none."""
    if not unprintable:
        return ""
    words = {"characters": _(", ").join(named(unprintable))}
    return _("No font of this machine can draw %(characters)s; the PDF shows a box there.") % words


def build_by_run(claim):
    """Build the edition that a run asks for, and tell who asked (6.2.1 j)."""
    run = claim.run
    kind, code = run.parameters["kind"], run.parameters["period"]

    def finish(edition):
        claim.finish(edition)
        if run.requested_by:
            tell_people(
                [run.requested_by],
                key=f"{RUN}:{run.pk}:done",
                subject=lambda: how_it_was_built(edition),
                body=lambda: gaps_told(edition.unprintable),
                link=edition.get_absolute_url(),
            )

    try:
        return build_edition(kind, code, by=run.requested_by, tell=claim.tell, finish=finish)
    except DocumentUnavailable as problem:
        raise RunFailed(str(problem)) from problem
