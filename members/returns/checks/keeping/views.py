"""Show what returns are checked for, and let the office try a check on past months before it counts (6.2.1 j)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.users import Request
from fsul_portal.verdicts import Refusal, require
from members.indicators.words import titles_by_code
from members.periods.models import period_named, this_month
from members.returns.checks.keeping.actions import keep_check
from members.returns.checks.keeping.forms import CheckForm
from members.returns.checks.keeping.rules import may_keep_check
from members.returns.checks.keeping.trials import tried
from members.returns.checks.models import CheckRow


@require_safe
def check_list(request: Request) -> HttpResponse:
    """List the checks that count now, and those that begin later (6.2.1 j)."""
    rows = CheckRow.objects.in_force(this_month())
    context = {
        "checks": _named(sorted(rows, key=lambda one: list(CheckRow.Kind).index(CheckRow.Kind(one.kind)))),
        "later": _named(CheckRow.objects.filter(since__gt=this_month()).order_by("since")),
        "may_keep": may_keep_check(request.user),
    }
    return render(request, "members/returns/check_list.html", context)


def _named(rows: Iterable[CheckRow]) -> list[tuple[CheckRow, list[str]]]:
    """Return each check with what its indicators are called; the sign before a code stays there."""
    titles = titles_by_code()
    return [(row, [f"{code} {titles.get(code.lstrip('+-'), '')}".strip() for code in row.codes]) for row in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def check_edit(request: Request, slot: str = "") -> HttpResponse:
    """Try a check on a month, or let it count from a month on (6.2.1 j)."""
    require(may_keep_check(request.user))
    rows = list(CheckRow.objects.of(slot).order_by("-since").select_related("set_by")) if slot else []
    if slot and not rows:
        raise Http404
    form = CheckForm(rows[0] if rows else None, request.POST or None)
    context: dict[str, Any] = {"form": form, "stored": rows[0] if rows else None, "rows": rows}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "try":
            context["trial"] = tried(form.row(), period_named(form.cleaned_data["month"]))
        elif _kept(request, form):
            return redirect("returns:check-list")
    return render(request, "members/returns/check_edit.html", context)


def _kept(request: Request, form: CheckForm) -> bool:
    try:
        kept = keep_check(form.row(), by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The check is kept: %(check)s.") % {"check": kept})
    return True
