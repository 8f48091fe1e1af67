"""Take the figures of a library, as they are typed and as they are handed in (6.2.1 j)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, Overtaken, require
from members.libraries.models import Library
from members.periods.models import period_named
from members.returns import actions
from members.returns.due.days import deadline
from members.returns.entry.actions import Kept, keep
from members.returns.entry.boxes import boxes_of, progress_of, told
from members.returns.forms import ReturnForm
from members.returns.models import Return, libraries_read_by
from members.returns.rules import may_write


@require_http_methods(["GET", "HEAD", "POST"])
def return_edit(request: Request, code: str, period: str) -> HttpResponse:
    """Take the figures of one library for one period (6.2.1 j)."""
    one = _return_of(request.user, code, period)
    if request.method != "POST":
        require(may_write(request.user, one))
        return _edit_page(request, ReturnForm(one))
    _require_the_right(request.user, one)
    form = ReturnForm(one, request.POST)
    if form.is_valid():
        address = _keep_or_hand_in(request, form)
        if address:
            return redirect(address)
    return _edit_page(request, form, status=409 if form.overtaken else 200)


@require_POST
def return_keep(request: Request, code: str, period: str) -> HttpResponse:
    """Save what is typed, and answer with what stands beside each box now (6.2.1 j)."""
    one = _return_of(request.user, code, period)
    _require_the_right(request.user, one)
    form = ReturnForm(one, request.POST)
    kept = keep(form, by=request.user)
    return render(request, "members/returns/entry/_kept.html", _beside(form, kept), status=_status(kept))


def _require_the_right(user: User, one: Return) -> None:
    """Let through who is only too late: he sees his figures again; whoever has no right reads why."""
    verdict = may_write(user, one)
    if not (isinstance(verdict, Denied) and verdict.overtaken):
        require(verdict)


def _status(kept: Kept) -> int:
    return 200 if kept.is_saved else 409


def _return_of(user: User, code: str, period: str) -> Return:
    """Return the return of a library and period, or one that nobody has begun; 404 to strangers."""
    try:
        known = period_named(period)
    except ValueError as error:
        raise Http404 from error
    seen = libraries_read_by(user)
    library = get_object_or_404(Library.objects.with_facts() if seen is None else seen.with_facts(), code=code)
    stored = Return.objects.filter(library=library, period__code=known.code).select_related("submitted_by").first()
    one = stored or Return()
    one.library, one.period = library, known
    return one


def _keep_or_hand_in(request: Request, form: ReturnForm) -> str:
    """Save or hand in what the form holds, and return where to go on; "" where it is refused, with why in the form."""
    one, handing_in = form.one, request.POST.get("do") == "submit"
    act = actions.hand_in if handing_in else actions.save_draft
    version = form.cleaned_data["version"]
    try:
        kept = act(one.library, one.period, form.figures, form.notes, by=request.user, version=version)
    except actions.ReturnRefused as refusal:
        form.show(refusal.findings)
        return ""
    except Overtaken as refusal:
        form.overtaken = True
        form.add_error(None, str(refusal))
        return ""
    if handing_in:
        messages.success(request, _("Handed in: %(one)s.") % {"one": kept})
        return str(kept.get_absolute_url())
    messages.success(request, _("Saved as a draft; it is not handed in yet."))
    return reverse("returns:return-edit", args=[one.library.code, one.period.code])


def _edit_page(request: Request, form: ReturnForm, status: int = 200) -> HttpResponse:
    """Draw the form; where somebody else was faster, with what is stored now beside what was typed."""
    if form.overtaken:
        form.renew(_return_of(request.user, form.one.library.code, form.one.period.code))
    one = form.one
    context = {"one": one, "library": one.library, "deadline": deadline(one.period), "overtaken": form.overtaken}
    return render(request, "members/returns/return_edit.html", context | _beside(form), status=status)


def _beside(form: ReturnForm, kept: Kept | None = None) -> dict[str, Any]:
    """Return what the page of a form and the answer to a save both show."""
    boxes = boxes_of(form)
    return {"form": form, "boxes": boxes, "told": told(boxes), "progress": progress_of(form), "kept": kept}
