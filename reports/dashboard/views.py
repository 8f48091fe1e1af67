"""Show on one page how the system stands and what waits for the person."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.rooms import waiting_for
from members.periods.models import month_due
from reports.dashboard import desk


@require_safe
def dashboard(request):
    """Show the dashboard: every number comes from the records."""
    context = {
        "network": desk.network_today(),
        "returns": desk.returns_of(month_due()),
        "waiting": waiting_for(request.user),
        "meetings": desk.meetings_of_year(request.user),
        "latest": desk.latest_figures(request.user),
    }
    return render(request, "reports/dashboard/dashboard.html", context)
