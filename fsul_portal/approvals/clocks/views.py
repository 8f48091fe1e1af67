"""Show office and chair who waits for whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.approvals.clocks.matters import with_matters
from fsul_portal.approvals.clocks.waits import stretches
from fsul_portal.approvals.models import Turn
from fsul_portal.approvals.rules import may_see_waits
from fsul_portal.registers.paging import in_order, page_of
from fsul_portal.users import Request
from fsul_portal.verdicts import require

HEADS = {"since": ["opened_at"], "due": ["due_on"]}


@require_safe
def wait_list(request: Request) -> HttpResponse:
    """List what is open, the longest overdue first, and how long each stage takes on the median."""
    require(may_see_waits(request.user))
    turns = Turn.objects.open().order_by("due_on", "opened_at", "pk")
    page = page_of(request.GET, in_order(request.GET, turns.prefetch_related(*with_matters()), HEADS))
    return render(request, "approvals/wait_list.html", {"page": page, "stretches": stretches()})
