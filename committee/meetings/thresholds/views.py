"""Show when and whom the portal warns of too few meetings, and let the office set it (7.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committee.bodies.rules import may_read_committee
from committee.meetings.models import MEETINGS_A_YEAR
from committee.meetings.thresholds.actions import set_thresholds
from committee.meetings.thresholds.forms import ThresholdForm
from committee.meetings.thresholds.models import Threshold, thresholds_of
from committee.meetings.thresholds.rules import may_set_thresholds
from fsul_portal.users import Request
from fsul_portal.verdicts import Overtaken, require

ROWS_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_thresholds(request: Request) -> HttpResponse:
    """Show what holds and what held before; the secretary sets it anew (7.1)."""
    require(may_read_committee(request.user))
    year, status = timezone.localdate().year, 200
    now = thresholds_of(year)
    form = ThresholdForm(now, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_set_thresholds(request.user))
    if form.is_valid():
        try:
            set_thresholds(**form.cleaned_data, by=request.user)
        except Overtaken as clash:
            form.add_error(None, str(clash))
            status = 409
        else:
            messages.success(request, _("The thresholds hold from now on."))
            return redirect("committee:meeting-thresholds")
    context = {
        "now": now,
        "days": list(now.warning_days(year)),
        "before": Threshold.objects.select_related("set_by")[:ROWS_SHOWN],
        "form": form,
        "may_set": may_set_thresholds(request.user),
        "standard": MEETINGS_A_YEAR,
    }
    return render(request, "committee/meetings/thresholds/meeting_thresholds.html", context, status=status)
