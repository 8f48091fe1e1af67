"""Show the formulas of the dictionary, and let its keeper write them (6.2.1 j)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.users import Request
from fsul_portal.verdicts import require
from members.indicators.formulas.actions import keep_formula
from members.indicators.formulas.forms import FormulaForm
from members.indicators.formulas.models import Formula
from members.indicators.formulas.rules import may_keep_formula


@require_safe
def formula_list(request: Request) -> HttpResponse:
    """List the figures that are reckoned from others (6.2.1 j)."""
    context = {"formulas": Formula.objects.all(), "may_keep": may_keep_formula(request.user)}
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
