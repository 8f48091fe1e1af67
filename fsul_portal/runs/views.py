"""Show a run while it goes on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fsul_portal.runs.models import Run
from fsul_portal.runs.rules import may_see


@require_safe
def run(request, pk):
    """Show a run's progress; with htmx only the part that changes."""
    shown = get_object_or_404(Run, pk=pk)
    if not may_see(request.user, shown):
        raise Http404
    template = "runs/_progress.html" if request.htmx else "runs/run_detail.html"
    return render(request, template, {"run": shown})
