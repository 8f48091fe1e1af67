"""Hand files in and out."""

from typing import cast

from django.contrib import messages
from django.db.models import Model
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.files import actions
from fsul_portal.files.contents import FileRefused, opened
from fsul_portal.files.forms import AttachForm, WithdrawForm
from fsul_portal.files.models import Attachment
from fsul_portal.files.rules import may_attach, may_download, may_withdraw
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.grammar.things import may_read, thing_or_404
from fsul_portal.records.actions import record
from fsul_portal.users import Request, User
from fsul_portal.verdicts import require


@require_POST
def file_attach(request: Request, kind: str, pk: int) -> HttpResponse:
    """Attach a file to a record, and lead back to its page."""
    thing = thing_or_404(request.user, kind, pk)
    require(may_attach(request.user, thing))
    form = AttachForm(request.POST, request.FILES, thing=thing)
    if form.is_valid() and _attach(thing, form, request.user):
        messages.success(request, _("The file is attached."))
        return redirect(thing)
    return render(request, "files/file_attach.html", {"form": form, "thing": thing})


def _attach(thing: Model, form: AttachForm, by: User) -> Attachment | None:
    try:
        return actions.attach(thing, form.cleaned_data["file"], by=by, replaces=form.cleaned_data["replaces"])
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return None


@never_cache
@require_safe
def file_download(request: Request, pk: int) -> FileResponse:
    """Hand a file out to whoever reads its record, never to be shown as a page, and put that on record."""
    attachment = _seen_by(request.user, pk)
    require(may_download(request.user, attachment))
    content = opened(attachment.file)
    if content is None:
        raise Http404
    # The rule has read the record, so it is there.
    record(cast("Model", attachment.thing), "downloaded", by=request.user, note=attachment.name)
    response = to_keep(FileResponse(content, content_type=attachment.content_type_sent), attachment.name)
    # A browser that guesses could take a text for a page and run what stands in it.
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def file_withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, and withdraw a file."""
    attachment = _seen_by(request.user, pk)
    require(may_withdraw(request.user, attachment))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(attachment, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("The file is withdrawn; it stays on record."))
        return redirect(attachment.thing.get_absolute_url())
    return render(request, "files/file_withdraw.html", {"form": form, "attachment": attachment})


def _seen_by(user: User, pk: int) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.prefetch_related("thing"), pk=pk)
    if not may_read(user, attachment.thing):
        raise Http404
    return attachment
