"""Show by when returns are due, and let the office set it for the months to come (6.2.1 j)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.templatetags.figures import day as day_in_words
from fsul_portal.templatetags.figures import period as period_in_words
from fsul_portal.users import Request
from fsul_portal.verdicts import require
from members.periods.models import month_before, month_due, period_named
from members.returns.due.actions import set_due_day
from members.returns.due.days import deadline
from members.returns.due.forms import DueDayForm
from members.returns.due.models import BEGINNING, DueRule
from members.returns.due.rules import may_set_due_day

MONTHS_SHOWN = 6


@require_safe
def due_days(request: Request) -> HttpResponse:
    """List the rules, and the due days of the next months; everybody may know them (6.2.1 j)."""
    return _page(request, DueDayForm())


@require_POST
def due_day_set(request: Request) -> HttpResponse:
    """Set the due day from a month on (6.2.1 j)."""
    require(may_set_due_day(request.user))
    form = DueDayForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    rule = set_due_day(**form.cleaned_data, by=request.user)
    period = period_named(rule.since)
    words = {"period": period_in_words(period.code), "day": day_in_words(deadline(period).day)}
    messages.success(request, _("The returns of %(period)s are due by %(day)s.") % words)
    return redirect("returns:due-days")


def _page(request: Request, form: DueDayForm) -> HttpResponse:
    periods = [period_named(month_before(month_due(), -number)) for number in range(MONTHS_SHOWN)]
    context = {
        "rules": DueRule.objects.select_related("set_by"),
        "beginning": BEGINNING,
        "months": [(period, deadline(period)) for period in periods],
        "form": form,
        "may_set": may_set_due_day(request.user),
    }
    return render(request, "members/returns/due_days.html", context)
