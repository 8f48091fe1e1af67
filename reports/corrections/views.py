"""Serve the pages on which slips are begun, written and reopened (6.2.1 j)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fsul_portal.acts.versions import Stale
from fsul_portal.users import Request
from fsul_portal.verdicts import Unready, require
from members.libraries.models import Library
from members.periods.models import Period
from members.returns.models import libraries_read_by
from reports.corrections import actions
from reports.corrections.forms import ChooseForm, CorrectionForm, ReopenForm
from reports.corrections.models import Correction
from reports.corrections.register import CORRECTIONS
from reports.corrections.rules import may_begin, may_correct, may_edit, may_reopen, may_reopen_any

shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@shows_and_takes
def correction_new(request: Request) -> HttpResponse:
    """Choose library and period, then write down the right figures (6.2.1 j)."""
    require(may_begin(request.user))
    choice = ChooseForm(request.GET or None)
    if not choice.is_valid():
        return _page(request, choice, _("New correction slip"), "correction_choose")
    library, period = _seen(request, choice)
    require(may_correct(request.user, library, period))
    form = CorrectionForm(library, period, request.POST or None)

    def act() -> Correction:
        answers = {"new": form.new, "reason": form.cleaned_data["reason"], "token": form.cleaned_data["token"]}
        return actions.begin(library, period, by=request.user, **answers)

    if slip := _done(request, form, act):
        messages.success(request, _("The slip is saved. Look it over and hand it in."))
        return redirect(slip)
    more: dict[str, Any] = {"library": library, "period": period}
    more["may_reopen"] = may_reopen(request.user, library, period)
    return _page(request, form, _("New correction slip"), "correction_form", **more)


@shows_and_takes
def correction_reopen(request: Request) -> HttpResponse:
    """Open cells of a locked period for a library (6.2.1 j)."""
    require(may_reopen_any(request.user))
    choice = ChooseForm(request.GET or None)
    if not choice.is_valid():
        return _page(request, choice, _("Reopen figures"), "correction_choose")
    library, period = _seen(request, choice)
    require(may_reopen(request.user, library, period))
    form = ReopenForm(library, period, request.POST or None)

    def act() -> Correction:
        return actions.reopen(library, period, by=request.user, **form.cleaned_data)

    if slip := _done(request, form, act):
        messages.success(request, _("The figures are open; those who report for the library have been told."))
        return redirect(slip)
    return _page(request, form, _("Reopen figures"), "correction_reopen", library=library, period=period)


@shows_and_takes
def correction_edit(request: Request, pk: int) -> HttpResponse:
    """Write down the figures of a slip; whoever was overtaken is told and keeps his text (6.2.1 j)."""
    slip = get_object_or_404(Correction.objects.visible_to(request.user).for_lists(), pk=pk)
    require(may_edit(request.user, slip))
    form = CorrectionForm(slip.library, slip.period, request.POST or None, slip=slip)

    def act() -> Correction:
        version = form.cleaned_data["version"] or 0
        return actions.edit(slip, by=request.user, new=form.new, reason=form.cleaned_data["reason"], version=version)

    try:
        if changed := _done(request, form, act):
            messages.success(request, _("The slip is saved. Look it over and hand it in."))
            return redirect(changed)
    except Stale as late:
        form.add_error(None, str(late))
        # What was typed stays; sent once more it speaks of the slip as it is now.
        form.data = request.POST.copy()
        form.data["version"] = str(Correction.objects.get(pk=pk).version)
        return _edit_page(request, form, slip, 409)
    return _edit_page(request, form, slip)


def _edit_page(request: Request, form: Any, slip: Correction, status: int = 200) -> HttpResponse:
    more = {"library": slip.library, "period": slip.period, "slip": slip}
    return _page(request, form, _("Change the slip"), "correction_form", status=status, **more)


def _seen(request: Request, choice: ChooseForm) -> tuple[Library, Period]:
    """Return the chosen library, if its returns are this person's to read; 404 to strangers."""
    library: Library = choice.cleaned_data["library"]
    seen = libraries_read_by(request.user)
    if seen is not None and not seen.filter(pk=library.pk).exists():
        raise Http404
    return Library.objects.with_facts().get(pk=library.pk), choice.cleaned_data["period"]


def _done(request: Request, form: Any, act: Callable[[], Correction]) -> Correction | None:
    """Return the slip where the form was sent and nothing stands against it, else show what does."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Unready as unready:
        for finding in unready.findings:
            form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
        return None


def _page(request: Request, form: Any, title: str, name: str, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "register": CORRECTIONS, **more}
    return render(request, f"reports/corrections/{name}.html", context, status=status)
