"""Show the plans of the annual reports, and take what the office writes and the chair sets (6.1 d)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.assignments.models import Assignment
from fsul_portal.records.course import course_of
from fsul_portal.records.models import Record
from fsul_portal.users import Request
from fsul_portal.verdicts import Overtaken, require
from reports.planning import actions
from reports.planning.forms import PlanForm
from reports.planning.models import ReportPlan
from reports.planning.rules import may_read_plans, may_set_plan, may_write_plan

FIRST_YEAR, YEARS_AHEAD = 2020, 1


@require_safe
def plan_list(request: Request) -> HttpResponse:
    """List the plans by year, with the running year where it has none (6.1 d)."""
    require(may_read_plans(request.user))
    plans = list(ReportPlan.objects.visible_to(request.user).select_related("dictionary").defer("dictionary__content"))
    year = timezone.localdate().year
    missing = year if all(plan.year != year for plan in plans) else None
    context = {"plans": plans, "missing": missing, "may_write": may_write_plan(request.user, None)}
    return render(request, "reports/planning/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_detail(request: Request, year: int) -> HttpResponse:
    """Show the plan of a year; the office writes it here (6.1 d)."""
    require(may_read_plans(request.user))
    if not FIRST_YEAR <= year <= timezone.localdate().year + YEARS_AHEAD:
        raise Http404
    plan = ReportPlan.objects.filter(year=year).select_related("written_by", "set_by", "dictionary").first()
    may_write, status = may_write_plan(request.user, plan), 200
    if plan is None:
        require(may_write)
    form = PlanForm(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_write)
    if form.is_valid():
        try:
            actions.write_plan(year, **form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form.add_error(None, str(clash))
            status = 409
        else:
            messages.success(request, _("The plan is written; the chair sets it."))
            return redirect("reports:plan-detail", year)
    context: dict[str, Any] = {"plan": plan, "year": year, "form": form if may_write else None}
    if plan:
        context |= {
            "parts": plan.parts.select_related("writer"),
            "tasks": Assignment.objects.of(plan).select_related("person"),
            "may_set": may_set_plan(request.user, plan),
            "course": course_of(Record.objects.of(plan)[:50], {}),
        }
    return render(request, "reports/planning/plan_detail.html", context, status=status)


@require_POST
def plan_set(request: Request, year: int) -> HttpResponse:
    """Set the plan that was looked at (6.1 d)."""
    plan = get_object_or_404(ReportPlan.objects.visible_to(request.user), year=year)
    seen = request.POST.get("version", "")
    actions.set_plan(plan, by=request.user, version=int(seen) if seen.isdecimal() else None)
    messages.success(request, _("The plan is set; whoever writes a part has his task."))
    return redirect(plan)
