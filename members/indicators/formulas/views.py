"""Show the formulas of the dictionary, and let its keeper write them (6.2.1 j)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.users import Request
from fsul_portal.verdicts import require
from members.indicators.formulas.actions import keep_formula, restore_formula, retire_formula
from members.indicators.formulas.forms import FormulaForm
from members.indicators.formulas.models import Formula
from members.indicators.formulas.rules import (
    is_retired,
    known_now,
    may_keep_formula,
    may_restore_formula,
    may_retire_formula,
    retired,
)


@require_safe
def formula_list(request: Request) -> HttpResponse:
    """List the figures that are reckoned from others (6.2.1 j)."""
    may_keep = may_keep_formula(request.user)
    known = known_now()
    gone = [(one, may_restore_formula(request.user, one, known)) for one in retired()] if may_keep else []
    context = {"formulas": Formula.objects.all(), "may_keep": may_keep, "gone": gone}
    return render(request, "members/indicators/formula_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def formula_edit(request: Request, code: str = "") -> HttpResponse:
    """Write a formula, new or kept already (6.2.1 j)."""
    require(may_keep_formula(request.user))
    stored = get_object_or_404(Formula, code=code) if code else None
    form = FormulaForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        kept = keep_formula(form.save(commit=False), by=request.user)
        messages.success(request, _("%(formula)s is kept.") % {"formula": kept})
        return redirect("indicators:formula-list")
    return render(request, "members/indicators/formula_form.html", {"form": form, "formula": stored})


@require_http_methods(["GET", "HEAD", "POST"])
def formula_retire(request: Request, code: str) -> HttpResponse:
    """Say what becomes of the reports, then take a formula out of the dictionary (6.2.1 j)."""
    require(may_keep_formula(request.user))
    formula = Formula.objects.filter(code=code).first()
    if formula is None and is_retired(code):
        messages.info(request, _("%(code)s has been retired already.") % {"code": code})
        return redirect("indicators:formula-list")
    if formula is None:
        raise Http404
    require(may_retire_formula(request.user, formula))
    if request.method == "POST":
        retire_formula(formula, by=request.user)
        messages.success(request, _("%(formula)s is retired.") % {"formula": formula})
        return redirect("indicators:formula-list")
    return render(request, "members/indicators/formula_retire.html", {"formula": formula})


@require_POST
def formula_restore(request: Request, code: str) -> HttpResponse:
    """Take a retired formula up again (6.2.1 j)."""
    require(may_keep_formula(request.user))
    if not is_retired(code) and not Formula.objects.filter(code=code).exists():
        raise Http404
    restored = restore_formula(code, by=request.user)
    messages.success(request, _("%(formula)s is in the dictionary again, from this month on.") % {"formula": restored})
    return redirect("indicators:formula-list")
