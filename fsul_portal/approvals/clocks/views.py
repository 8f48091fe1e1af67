"""Show office and chair who waits for whom."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.approvals.clocks.matters import with_matters
from fsul_portal.approvals.clocks.waits import stretches
from fsul_portal.approvals.models import Turn
from fsul_portal.approvals.rules import may_see_waits
from fsul_portal.users import Request
from fsul_portal.verdicts import require

A_PAGE = 50


@require_safe
def wait_list(request: Request) -> HttpResponse:
    """List what is open, the longest overdue first, and how long each stage takes on the median."""
    require(may_see_waits(request.user))
    turns = Turn.objects.open().order_by("due_on", "opened_at", "pk")
    page = Paginator(turns.prefetch_related(*with_matters()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "approvals/wait_list.html", {"page": page, "stretches": stretches()})
