"""Take files in through the portal: look first, then all of it or none."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.grammar.words import Spoken
from fsul_portal.intake import actions
from fsul_portal.intake.columns import match_headers
from fsul_portal.intake.forms import AnswerForm
from fsul_portal.intake.kinds import Intake, kind_named
from fsul_portal.intake.models import Upload
from fsul_portal.sheets import SheetRefused, SheetUnclear
from fsul_portal.users import Request
from fsul_portal.verdicts import Overtaken, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def upload_new(request: Request, named: str) -> HttpResponse:
    """Take a file and lead to what it would do."""
    kind = kind_named(named)
    require(kind.may(request.user))
    form = kind.form(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        upload = actions.keep(kind, form.cleaned_data["file"], by=request.user, wishes=form.wishes)
        try:
            return _look(request, kind, upload)
        except SheetRefused as refusal:
            _throw_away(upload)
            form.add_error("file", refusal.sentence)
    context = {"kind": kind, "form": form, "columns": [one for one in kind.columns() if not one.for_the_eye]}
    return render(request, "intake/new.html", context | kind.context(request))


def _look(request: Request, kind: Intake, upload: Upload) -> HttpResponse:
    """Read the file and find what it would do, at once or, where it is big, in a run."""
    try:
        sheet = actions.sheet_of(upload)
    except SheetUnclear:
        return redirect(upload)
    match_headers(sheet.headers, list(kind.columns()))
    if len(sheet.rows) >= actions.ROWS_FOR_A_RUN:
        return redirect(actions.ask_for(actions.CHECK, upload, by=request.user, title=_title(kind, upload)))
    actions.look(upload, sheet)
    return redirect(upload)


def _title(kind: Intake, upload: Upload) -> Spoken:
    return lambda: f"{kind.title}: {upload.name}"


def _throw_away(upload: Upload) -> None:
    actions.path_of(upload.key).unlink(missing_ok=True)
    upload.delete()


@require_http_methods(["GET", "HEAD", "POST"])
def upload_preview(request: Request, named: str, key: str) -> HttpResponse:
    """Show what a kept file would do or has done; take it in when that is confirmed and still the same."""
    kind = kind_named(named)
    require(kind.may(request.user))
    upload = _found(request, kind, key)
    if upload is None:
        return _gone(request, kind)
    if not upload.found:
        return _ask(request, kind, upload)
    if request.method == "POST":
        return _take_in(request, kind, upload)
    return render(request, "intake/preview.html", _outcome(kind, upload))


def _outcome(kind: Intake, upload: Upload) -> dict[str, Any]:
    found = upload.found
    changed = found["counts"]["created"] + found["counts"]["updated"]
    return {
        "kind": kind,
        "upload": upload,
        "outcome": found,
        "counts": found["counts"],
        "changed": changed,
        "left": changed - len(found["changes"]),
        "problems_url": kind.address("problems", upload.key),
    }


def _found(request: Request, kind: Intake, key: str) -> Upload | None:
    """Return the upload of its sender, while its file is kept or after it was taken in."""
    upload = Upload.objects.visible_to(request.user).filter(kind=kind.key, key=key).first()
    return upload if upload and (upload.taken_at or actions.path_of(upload.key).is_file()) else None


def _ask(request: Request, kind: Intake, upload: Upload) -> HttpResponse:
    """Ask how the file is to be read; where that is clear, show the run that looks at it."""
    try:
        actions.sheet_of(upload)
    except SheetUnclear as question:
        form = AnswerForm(question.choices, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _answer(request, kind, upload, {question.keyword: form.cleaned_data["answer"]})
        context = {"kind": kind, "upload": upload, "form": form, "question": question.sentence}
        return render(request, "intake/question.html", context)
    except SheetRefused as refusal:
        return _refuse(request, kind, upload, refusal)
    return redirect(actions.run_of(upload) or kind.address())


def _answer(request: Request, kind: Intake, upload: Upload, reading: dict[str, Any]) -> HttpResponse:
    try:
        return _look(request, kind, actions.read_again(upload, **reading))
    except SheetRefused as refusal:
        return _refuse(request, kind, upload, refusal)


def _refuse(request: Request, kind: Intake, upload: Upload, refusal: SheetRefused) -> HttpResponse:
    _throw_away(upload)
    messages.error(request, refusal.sentence)
    return redirect(kind.address())


def _take_in(request: Request, kind: Intake, upload: Upload) -> HttpResponse:
    """Write what was confirmed, unless what it is compared with has moved on since."""
    digest = request.POST.get("digest", "")
    if upload.taken_at:
        return redirect(upload)
    if sum(upload.found["counts"].values()) >= actions.ROWS_FOR_A_RUN:
        title = _title(kind, upload)
        return redirect(actions.ask_for(actions.TAKE_IN, upload, by=request.user, title=title, digest=digest))
    try:
        with transaction.atomic():
            plan = actions.confirm(upload, by=request.user, digest=digest, sheet=actions.sheet_of(upload))
    except Overtaken as refusal:
        messages.warning(request, str(refusal))
        return _look(request, kind, upload)
    sentence = _("Taken in: %(created)s new, %(updated)s changed, %(unchanged)s unchanged, %(refused)s refused.")
    messages.success(request, sentence % plan.counts())
    return redirect(upload)


@require_safe
def upload_problems(request: Request, named: str, key: str) -> HttpResponseBase:
    """Hand the table back as a workbook with its mistakes marked."""
    kind = kind_named(named)
    require(kind.may(request.user))
    upload = _found(request, kind, key)
    marked = actions.path_of(key).with_suffix(".xlsx") if upload else None
    if marked is None or not marked.is_file():
        return _gone(request, kind)
    name = _("%(title)s, with the mistakes marked") % {"title": kind.title}
    return to_keep(FileResponse(marked.open("rb"), content_type=XLSX), name, "xlsx")


def _gone(request: Request, kind: Intake) -> HttpResponse:
    messages.info(request, _("This upload is no longer kept. Please choose the file again."))
    return redirect(kind.address())
