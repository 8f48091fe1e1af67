"""Show all key projects over time (6.2.1 f)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from committee.projects.gantt import gantt_of
from committee.projects.lights import light_of
from committee.projects.models import Project
from fsul_portal.users import Request

MOST_DRAWN = 60


@require_safe
def project_gantt(request: Request) -> HttpResponse:
    """Show what is decided on and under way, drawn over its months, and the same as a table (6.2.1 f)."""
    today = timezone.localdate()
    rows: Any = Project.objects.visible_to(request.user).shown_in_time().for_lists()
    projects = list(rows.order_by("starts_on", "pk")[:MOST_DRAWN])
    lines = [
        (one, light_of(one, today), [(mark, mark.is_overdue(today)) for mark in one.milestones.all()])
        for one in projects
    ]
    return render(
        request, "committee/projects/project_gantt.html", {"gantt": gantt_of(projects, today), "lines": lines}
    )
