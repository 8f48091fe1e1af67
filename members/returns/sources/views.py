"""Show how exports of the library system are read, and let the office try that on a file (6.2.1 j)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.intake.actions import outcome_of, plan, reading_of
from fsul_portal.intake.kinds import kind_named
from fsul_portal.sheets import SheetRefused, SheetUnclear, read_sheet
from fsul_portal.users import Request
from fsul_portal.verdicts import Refusal, require
from members.indicators.models import Indicator
from members.indicators.words import titles_by_code
from members.returns.rules import may_import
from members.returns.sources.actions import keep_source
from members.returns.sources.columns import headings_of
from members.returns.sources.forms import SourceForm
from members.returns.sources.models import ExportSource
from members.returns.sources.rules import may_keep_source


@require_safe
def source_list(request: Request) -> HttpResponse:
    """List the exports that are known, with what their columns mean (6.2.1 j)."""
    titles = titles_by_code()
    sources = ExportSource.objects.select_related("set_by")
    rows = [
        (one, [(heading, f"{code} {titles.get(code, '')}") for code, heading in one.headings.items()])
        for one in sources
    ]
    context = {"rows": rows, "may_keep": may_keep_source(request.user), "may_import": may_import(request.user)}
    return render(request, "members/returns/source_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Say what the columns of an export mean, try it on a file, keep it (6.2.1 j)."""
    require(may_keep_source(request.user))
    stored = get_object_or_404(ExportSource, pk=pk) if pk else None
    indicators = [one for one in Indicator.objects.in_use() if not one.is_yearly]
    form = SourceForm(request.POST or None, request.FILES or None, instance=stored, indicators=indicators)
    context: dict[str, Any] = {"form": form, "stored": stored, "name": stored and stored.name}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "try":
            context["trial"] = _tried(request, form)
        elif _kept(request, form):
            return redirect("returns:source-list")
    return render(request, "members/returns/source_edit.html", context)


def _tried(request: Request, form: SourceForm) -> dict[str, Any] | None:
    """Return what a file would do if it were read so; nothing is kept by that."""
    file, source = form.cleaned_data["file"], form.source()
    if file is None:
        form.add_error("file", _("Choose a file to try it on."))
        return None
    kind = kind_named("exports")
    try:
        reading = reading_of(kind, {}) | {"headings": headings_of(source)}
        sheet = read_sheet(file.read(), name=file.name, **reading)
        found = plan(kind, sheet, by=request.user, partial=True, source=source, period=form.cleaned_data["month"])
    except (SheetRefused, SheetUnclear) as refusal:
        form.add_error("file", refusal.sentence)
        return None
    return outcome_of(found) | {"notes": found.remarks, "name": file.name}


def _kept(request: Request, form: SourceForm) -> bool:
    try:
        kept = keep_source(form.source(), by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Kept: %(source)s.") % {"source": kept})
    return True
