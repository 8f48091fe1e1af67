"""Show the monitoring sheet of a plan, and hand it out (6.1 b)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committee.plans.models import Plan
from committee.plans.monitoring.files import sheet_as_xlsx
from committee.plans.monitoring.sheet import lines_of
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.papers.views import XLSX
from fsul_portal.users import Request


@require_safe
def plan_monitoring(request: Request, pk: int) -> HttpResponse:
    """Show what each year has brought, beside base and target (6.1 b)."""
    plan = _plan(request, pk)
    today = timezone.localdate()
    told = {"plan": plan, "lines": lines_of(plan, today), "this_year": today.year}
    return render(request, "committee/plans/plan_monitoring.html", told)


@require_safe
def plan_monitoring_xlsx(request: Request, pk: int) -> HttpResponse:
    """Hand the monitoring sheet out as a workbook (6.1 b)."""
    plan = _plan(request, pk)
    content = sheet_as_xlsx(plan, lines_of(plan, timezone.localdate()))
    name = _("Monitoring sheet of %(plan)s") % {"plan": plan.title}
    return to_keep(HttpResponse(content, content_type=XLSX), name, "xlsx")


def _plan(request: Request, pk: int) -> Plan:
    found: Any = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    plan: Plan = found
    return plan
