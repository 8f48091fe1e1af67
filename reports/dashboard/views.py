"""Show on one page how the system stands and what waits for the person."""

from django.shortcuts import render


def dashboard(request):
    """Show the dashboard."""
    return render(request, "reports/dashboard/dashboard.html", {})
