"""Chase what is missing in a district (6.2.1 j)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fsul_portal.users import Request
from fsul_portal.verdicts import require
from members.chasing.actions import Missing, chase, missing_in
from members.chasing.forms import ChaseForm
from members.chasing.rules import may_chase
from members.divisions.models import Division
from members.periods.models import period_named


@require_http_methods(["GET", "HEAD", "POST"])
def month_chase(request: Request, code: str, district: str) -> HttpResponse:
    """Say who would be told of what, then tell them (6.2.1 j)."""
    try:
        period = period_named(code)
    except ValueError as error:
        raise Http404 from error
    place = get_object_or_404(Division.objects.exclude(level=Division.Level.TOWN), code=district)
    require(may_chase(request.user, period, place))
    form = ChaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one = chase(period, place, by=request.user, note=form.cleaned_data["note"])
        told = ngettext("%(count)s person has been told.", "%(count)s people have been told.", one.told)
        messages.success(request, told % {"count": one.told})
        return redirect(one)
    found = missing_in(period, place)
    context = {"period": period, "district": place, "found": found, "effect": effect_of(found), "form": form}
    return render(request, "members/chasing/month_chase.html", context)


def effect_of(found: Missing) -> str:
    """Say in one sentence how many libraries are missing and how many people will be told."""
    missing, people = len(found.spells), len(found.people)
    first = ngettext("%(count)s library has not handed in", "%(count)s libraries have not handed in", missing)
    second = ngettext("%(count)s person is told", "%(count)s people are told", people)
    words = {"missing": first % {"count": missing}, "told": second % {"count": people}}
    return _("%(missing)s; %(told)s.") % words
