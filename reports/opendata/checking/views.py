"""Tell whoever holds a report whether the office has published it (6.2.1 j)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.gate.limits import line_of, seconds_to_wait
from fsul_portal.letters.models import Document
from reports.opendata.checking.forms import CODE_LENGTH, CodeForm, FileForm, as_typed
from reports.opendata.checking.matches import is_code, published_file, published_under

PAGE = "reports/opendata/check.html"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_check(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a report, or compare a file with what was published (6.2.1 j)."""
    if request.method == "POST":
        return _compared(request)
    form = CodeForm(request.GET or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        # What can be no code is answered here: it may hold what no address of ours holds, such as a stroke.
        return redirect("reports:report-check-code", code) if is_code(code) else _told(request, code)
    return _shown(request, code_form=form)


@login_not_required
@never_cache
@require_safe
def report_check_code(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what was published under a code, and what has taken its place (6.2.1 j)."""
    return _told(request, as_typed(code[:CODE_LENGTH]))


def _told(request: HttpRequest, code: str) -> HttpResponse:
    if waits := _seconds_to_wait(request):
        return _too_often(request, waits)
    match = published_under(code)
    if match is None and Document.objects.filter(code=code).exists():
        return redirect("check-code", code)
    return _shown(request, status=200 if match else 404, match=match, code=code)


def _compared(request: HttpRequest) -> HttpResponse:
    if waits := _seconds_to_wait(request):
        return _too_often(request, waits)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, status=422, file_form=form)
    file = form.cleaned_data["file"]
    return _shown(request, match=published_file(file), file_name=file.name)


def _seconds_to_wait(request: HttpRequest) -> int:
    return seconds_to_wait("check", line_of(request), settings.CHECKS_A_MINUTE)


def _too_often(request: HttpRequest, waits: int) -> HttpResponse:
    sentence = _("Too many checks from your address; go on in %(seconds)s seconds.") % {"seconds": waits}
    response = _shown(request, status=429, too_often=sentence)
    response["Retry-After"] = str(waits)
    return response


def _shown(request: HttpRequest, *, status: int = 200, **told: Any) -> HttpResponse:
    context = {"code_form": CodeForm(initial={"code": told.get("code", "")}), "file_form": FileForm()}
    return render(request, PAGE, context | told, status=status)
