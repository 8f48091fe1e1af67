"""Show the years whose working days are known, and take in a new one."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.calendar.actions import HOLIDAY, WORKING, set_days
from fsul_portal.calendar.forms import DaysForm
from fsul_portal.calendar.models import CalendarYear, SpecialDay
from fsul_portal.calendar.rules import may_keep_calendar
from fsul_portal.users import Request
from fsul_portal.verdicts import require


@require_safe
def working_days(request: Request) -> HttpResponse:
    """List the known years, and the days of one of them."""
    return _page(request, DaysForm())


@require_POST
def working_days_set(request: Request) -> HttpResponse:
    """Put the days of a file in the place of what was known of their years."""
    require(may_keep_calendar(request.user))
    form = DaysForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    years = ", ".join(str(year) for year in set_days(form.days, by=request.user))
    messages.success(request, _("The working days are set: %(years)s.") % {"years": years})
    return redirect("working-days")


def _page(request: Request, form: DaysForm) -> HttpResponse:
    counts = {"holidays": Count("days", Q(days__kind=HOLIDAY)), "working": Count("days", Q(days__kind=WORKING))}
    years = CalendarYear.objects.select_related("set_by").annotate(**counts).order_by("-year")
    asked = request.GET.get("year", "")
    shown = asked if asked.isdecimal() and len(asked) == 4 else getattr(years.first(), "year", None)
    context = {
        "years": years,
        "shown": shown,
        "days": SpecialDay.objects.filter(year__year=shown) if shown else (),
        "form": form,
        "may_keep": may_keep_calendar(request.user),
    }
    return render(request, "calendar/working_days.html", context)
