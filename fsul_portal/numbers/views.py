"""Show how numbers are written, and let the office choose."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.numbers.actions import all_upcoming, pattern_of, set_pattern, upcoming
from fsul_portal.numbers.forms import PatternForm
from fsul_portal.numbers.models import NumberPattern
from fsul_portal.numbers.rules import may_keep_numbers
from fsul_portal.numbers.series import SERIES, Number, Series
from fsul_portal.users import Request, User
from fsul_portal.verdicts import require


@require_safe
def number_list(request: Request) -> HttpResponse:
    """List the series whose numbers are written by a pattern, with the number that comes next."""
    require(may_keep_numbers(request.user))
    year = timezone.localdate().year
    return render(request, "numbers/number_list.html", {"rows": all_upcoming(year)})


@require_http_methods(["GET", "HEAD", "POST"])
def number_pattern(request: Request, key: str) -> HttpResponse:
    """Choose how the numbers of a series are written from now on."""
    require(may_keep_numbers(request.user))
    series = SERIES.get(key)
    if series is None or not series.pattern:
        raise Http404
    form = PatternForm(request.POST or None, initial={"pattern": pattern_of(series)})
    if request.method == "POST" and form.is_valid() and _set(series, form, request.user):
        messages.success(request, _("The next number will be %(number)s.") % {"number": _next(series)})
        return redirect("number-list")
    return render(request, "numbers/number_pattern.html", {"series": series, "form": form, "next": _next(series)})


def _set(series: Series, form: PatternForm, by: User) -> NumberPattern | None:
    try:
        return set_pattern(series, form.cleaned_data["pattern"], by=by)
    except ValidationError as refusal:
        form.add_error("pattern", refusal)
        return None


def _next(series: Series) -> Number:
    return upcoming(series, timezone.localdate().year)
