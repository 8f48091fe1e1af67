"""Show papers and hand them out; tell anybody who holds one whether it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.files.contents import FileRefused, opened
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.grammar.things import thing_or_404
from fsul_portal.letters import actions
from fsul_portal.letters.codes import PRINTED, as_printed
from fsul_portal.letters.english import english_of
from fsul_portal.letters.forms import CheckForm, ScanForm, WithdrawalForm
from fsul_portal.letters.models import Document
from fsul_portal.letters.offers import ENGLISH, LANGUAGE_OF_PAPERS, OFFERS
from fsul_portal.letters.rules import may_stamp, may_withdraw
from fsul_portal.letters.shelf import course_of, files_of, steps_of
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.records.actions import record
from fsul_portal.rooms import offered
from fsul_portal.users import Request, User
from fsul_portal.verdicts import require

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    """Show a paper: facts, files, course, and what can be done with it."""
    shown = _document_seen_by(request.user, pk)
    context = {
        "document": shown,
        "files": files_of(shown),
        "course": course_of(shown),
        "steps": steps_of(shown, request.user),
    }
    return render(request, "letters/document.html", context)


@require_POST
def document_draft(request: Request, paper: str, pk: int) -> HttpResponse:
    """Draft a paper for a record; what it cannot show is said at once."""
    if paper not in OFFERS:
        raise Http404
    thing = thing_or_404(request.user, OFFERS[paper].model, pk)
    drafted = actions.draft(OFFERS[paper], thing, by=request.user)
    _warn(request, drafted)
    return redirect(drafted)


def _warn(request: Request, drafted: Document) -> None:
    try:
        strange = actions.strange_on(drafted)
    except DocumentUnavailable as problem:
        messages.warning(request, str(problem))
        return
    if strange.without_glyph:
        sentence = _("No font of this machine has these characters; the paper shows boxes for them: %(characters)s")
        messages.warning(request, sentence % {"characters": " ".join(strange.without_glyph)})


@require_POST
def document_issue(request: Request, pk: int) -> HttpResponse:
    """Issue a draft; it gets its day and its code."""
    try:
        issued = actions.issue(_document_seen_by(request.user, pk), by=request.user)
    except DocumentUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("document", pk)
    messages.success(request, _("The paper is issued. Print it, have it sealed, and upload the scan."))
    return redirect(issued)


@shows_and_takes
def document_stamp(request: Request, pk: int) -> HttpResponse:
    """Take the scan of what was printed and sealed."""
    shown = _document_seen_by(request.user, pk)
    require(may_stamp(request.user, shown))
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _keep_scan(shown, form, request.user):
        messages.success(request, _("The scan is kept with its paper."))
        return redirect(shown)
    return render(request, "letters/document_stamp.html", {"document": shown, "form": form})


def _keep_scan(shown: Document, form: ScanForm, by: User) -> Document | None:
    try:
        return actions.attach_scan(shown, form.cleaned_data["scan"], by=by)
    except FileRefused as refusal:
        form.add_error("scan", str(refusal))
        return None


@shows_and_takes
def document_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a paper back."""
    shown = _document_seen_by(request.user, pk)
    require(may_withdraw(request.user, shown))
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(shown, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The paper is withdrawn; whoever checks its code is told so."))
        return redirect(shown)
    return render(request, "letters/document_withdraw.html", {"document": shown, "form": form})


@require_safe
def document_pdf(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the PDF as it was issued; a draft, an English copy and what the store has lost are printed anew."""
    shown, language = _document_seen_by(request.user, pk), _language_asked(request)
    is_issued = shown.pdf and language == LANGUAGE_OF_PAPERS
    if is_issued and (kept := opened(shown.pdf)):
        return _handed_out(request, shown, FileResponse(kept, content_type="application/pdf"), "pdf")
    try:
        content = actions.restore_paper(shown) if is_issued else actions.print_paper(shown, language)
    except DocumentUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(shown)
    return _handed_out(request, shown, HttpResponse(content, content_type="application/pdf"), "pdf")


@require_safe
def document_docx(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the DOCX, made of what is kept of the paper."""
    shown = _document_seen_by(request.user, pk)
    try:
        content = actions.write_paper(shown, _language_asked(request))
    except DocumentUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(shown)
    return _handed_out(request, shown, HttpResponse(content, content_type=DOCX), "docx")


def _language_asked(request: Request) -> str:
    return ENGLISH if request.GET.get("language") == ENGLISH else LANGUAGE_OF_PAPERS


def _handed_out(request: Request, shown: Document, response: HttpResponseBase, ending: str) -> HttpResponseBase:
    """Put the download on record, and give the file a name that people read."""
    in_english = _language_asked(request) == ENGLISH
    record(shown, "downloaded", by=request.user, note=f"{ending} (English)" if in_english else ending)
    letter = (in_english and english_of(shown)) or shown
    to_keep(response, " ".join(filter(None, [letter.number, letter.title])), ending)
    # Papers are fetched at shared desks, where the next person must not find them in the browser.
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a paper."""
    form = CheckForm(request.GET or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        # What can be no code is answered here: it may hold what no address of ours holds, such as a stroke.
        return redirect("check-code", code) if PRINTED.fullmatch(code) else check_code(request, code)
    return render(request, "letters/check.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """Tell whoever holds a paper what was issued under its code, and whether it stands."""
    code = as_printed(code)
    found = Document.objects.filter(code=code).first()
    # A code is twelve signs whatever it stands on; whoever types it does not know who keeps what it names.
    elsewhere = None if found else next(iter(offered("code", code)), None)
    if elsewhere:
        return redirect(elsewhere)
    context = {"document": found, "code": code, "form": CheckForm(initial={"code": code})}
    return render(request, "letters/check.html", context, status=200 if found else 404)


def _document_seen_by(user: User, pk: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(user), pk=pk)
