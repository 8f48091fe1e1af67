"""Show who acts for whom, name a deputy, end his time, hand over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fsul_portal.access.deputies import actions
from fsul_portal.access.deputies.forms import DeputyForm, HandOverForm
from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.deputies.rules import people_headed_by
from fsul_portal.access.rules import may_manage_people
from fsul_portal.approvals.kinds import kind_choices
from fsul_portal.registers.paging import in_order, page_of
from fsul_portal.users import Request
from fsul_portal.verdicts import require

HEADS = {
    "absent": ["absent__name"],
    "deputy": ["deputy__name"],
    "first": ["first_day"],
    "last": ["last_day"],
    "kind": ["kind"],
}


@require_http_methods(["GET", "HEAD", "POST"])
def deputy_list(request: Request) -> HttpResponse:
    """Show who acts for whom now and soon, and take a new name."""
    headed = people_headed_by(request.user)
    form = DeputyForm(request.POST or None, user=request.user, headed=headed, kinds=kind_choices())
    if request.method == "POST" and form.is_valid():
        actions.name_deputy(by=request.user, **form.cleaned_data)
        messages.success(request, _("Both have been told."))
        return redirect("deputy-list")
    rows = Deputy.objects.not_over().select_related("absent", "deputy", "word_of").order_by("first_day", "pk")
    page = page_of(request.GET, in_order(request.GET, rows, HEADS))
    kinds, mine = dict(kind_choices()), headed | {request.user.pk}
    keeps = bool(may_manage_people(request.user))
    shown = [(row, kinds.get(row.kind, ""), keeps or mine & {row.absent_id, row.deputy_id}) for row in page]
    context = {"page": page, "rows": shown, "form": form, "may_hand_over": keeps}
    return render(request, "access/deputy_list.html", context)


@require_POST
def deputy_end(request: Request, pk: int) -> HttpResponse:
    """End a deputy's time before its last day."""
    actions.end_deputy(get_object_or_404(Deputy, pk=pk), by=request.user)
    messages.success(request, _("It has ended; both have been told."))
    return redirect("deputy-list")


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request) -> HttpResponse:
    """Give what somebody leaves behind to one successor, in one act."""
    require(may_manage_people(request.user))
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(form.cleaned_data["leaver"], form.cleaned_data["successor"], by=request.user)
        messages.success(request, _("Roles, turns, drafts and tasks are handed over."))
        return redirect("roles")
    return render(request, "access/hand_over.html", {"form": form})
