"""Take the figures of a library, as they are typed and as they are handed in (6.2.1 j)."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, Overtaken, require
from members.divisions.models import Division
from members.libraries.models import Library
from members.periods.models import period_named
from members.returns import actions
from members.returns.due.days import deadline
from members.returns.due.expected import last_spells
from members.returns.effects import of_handing_in_many
from members.returns.entry.actions import Kept, hand_in_many, keep
from members.returns.entry.boxes import boxes_of, progress_of, told
from members.returns.entry.sheet import Sheet, districts_seen, invalid, points_typed, totals_now
from members.returns.forms import ReturnForm
from members.returns.models import Return, libraries_read_by
from members.returns.rules import may_write

# A row that is ticked, in the version in which it was on the page.
TICK = re.compile(r"\d{1,9}:\d{1,9}", re.ASCII)


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


@require_safe
def sheet(request: Request, period: str) -> HttpResponse:
    """Show the returns of a district and period as one sheet, to be filled in or looked at (6.2.1 j)."""
    found, districts = _sheet_of(request, period)
    context = {"sheet": found, "tabs": _tabs(found, districts), "deadline": deadline(found.period)}
    return render(request, "members/returns/entry/sheet.html", context)


@require_POST
def sheet_keep(request: Request, code: str, period: str) -> HttpResponse:
    """Save one row of a sheet, and answer with what stands beside it and below the columns now (6.2.1 j)."""
    one = _return_of(request.user, code, period)
    _require_the_right(request.user, one)
    form = ReturnForm(one, request.POST, auto_id=f"{code}-%s")
    kept = keep(form, by=request.user)
    spell = last_spells(one.period).filter(library=one.library).select_related("district").first()
    district = spell.district if spell else None
    if "do" in request.POST:
        return _back_to_the_sheet(request, form, kept, district)
    points = points_typed(boxes_of(form), form.typed.notes)
    context = {"code": code, "kept": kept, "points": points, "invalid": invalid(code, points)}
    context["totals"] = totals_now(request.user, one.period, district)
    context |= {"progress": progress_of(form), "address": _address_of(Sheet(request.user, one.period, district))}
    return render(request, "members/returns/entry/_row_kept.html", context, status=_status(kept))


@require_POST
def sheet_hand_in(request: Request, period: str) -> HttpResponse:
    """Show what handing in all complete rows does; then hand them in (6.2.1 j)."""
    found, __ = _sheet_of(request, period)
    if "confirmed" not in request.POST:
        ready, left = found.ready(), found.waiting()
        context = {"sheet": found, "ready": ready, "left": left, "effect": of_handing_in_many(len(ready), len(left))}
        return render(request, "members/returns/entry/sheet_hand_in.html", context)
    versions = dict(tick.split(":") for tick in request.POST.getlist("one") if TICK.fullmatch(tick))
    ticked = [(row.one, int(versions[str(row.one.pk)])) for row in found.rows if str(row.one.pk) in versions]
    gone, kept_back = hand_in_many(ticked, by=request.user)
    done = ngettext("%(count)s return handed in.", "%(count)s returns handed in.", len(gone))
    messages.success(request, done % {"count": len(gone)})
    for one, sentence in kept_back:
        messages.warning(request, f"{one}: {sentence}")
    return redirect(_address_of(found))


def _sheet_of(request: Request, period: str) -> tuple[Sheet, list[Division]]:
    """Return the sheet of the district that is asked for, else of the first that the person reads."""
    try:
        known = period_named(period)
    except ValueError as error:
        raise Http404 from error
    districts = districts_seen(request.user, known)
    asked = request.GET.get("district", "")
    if asked and asked not in {one.code for one in districts}:
        raise Http404
    district = next((one for one in districts if one.code == asked), districts[0] if districts else None)
    return Sheet(request.user, known, district), districts


def _address_of(found: Sheet) -> str:
    address = reverse("returns:sheet", args=[found.period.code])
    return f"{address}?district={found.district.code}" if found.district else address


def _tabs(found: Sheet, districts: list[Division]) -> list[dict[str, Any]]:
    address = reverse("returns:sheet", args=[found.period.code])
    return [
        {"title": one.title, "url": f"{address}?district={one.code}", "current": one == found.district}
        for one in districts
    ]


def _back_to_the_sheet(request: Request, form: ReturnForm, kept: Kept, district: Division | None) -> HttpResponse:
    """Answer whoever saves a row by its button."""
    if kept.is_saved and not kept.unread:
        messages.success(request, _("Saved as a draft; it is not handed in yet."))
    for name, errors in form.errors.items():
        messages.warning(request, f"{form.one.library} {name}: {' '.join(map(str, errors))}")
    if kept.sentence:
        messages.warning(request, f"{form.one.library}: {kept.sentence}")
    return redirect(_address_of(Sheet(request.user, form.one.period, district)))


def _beside(form: ReturnForm, kept: Kept | None = None) -> dict[str, Any]:
    """Return what the page of a form and the answer to a save both show."""
    boxes = boxes_of(form)
    found = told(boxes)
    wrong = " ".join(one.field.id_for_label for one in found if one.blocks)
    return {"form": form, "boxes": boxes, "told": found, "invalid": wrong, "progress": progress_of(form), "kept": kept}
