"""Show a run while it goes on, and start it again when it failed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.runs import actions
from fsul_portal.runs.models import Run
from fsul_portal.runs.rules import may_see, may_start_again
from fsul_portal.users import Request, User


# The page and its polled part share one address; a browser that kept one of them would show it for the other.
@never_cache
@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """Show a run's progress; with htmx only the part that changes."""
    shown = _run_seen_by(request.user, pk)
    template = "runs/_progress.html" if request.htmx else "runs/run_detail.html"
    return render(request, template, {"run": shown, "may_start_again": may_start_again(request.user, shown)})


@require_POST
def run_again(request: Request, pk: int) -> HttpResponse:
    """Put a failed run back into the queue."""
    actions.start_again(_run_seen_by(request.user, pk), by=request.user)
    messages.success(request, _("It is started again."))
    return redirect("run", pk)


def _run_seen_by(user: User, pk: int) -> Run:
    found = get_object_or_404(Run.objects.select_related("requested_by"), pk=pk)
    if not may_see(user, found):
        raise Http404
    return found
