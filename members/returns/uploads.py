"""Take files of returns in and hand them out (6.2.1 j)."""

import io
import secrets

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.sheets import SheetRefused, mark_errors, write_csv, write_xlsx
from fsul_portal.verdicts import require
from members.libraries.models import Library
from members.periods.models import period_named
from members.returns.exports import table_of
from members.returns.forms import ImportForm, TemplateForm
from members.returns.imports import import_returns
from members.returns.lists import month_due, periods_offered
from members.returns.models import libraries_read_by
from members.returns.rules import may_import, may_import_accepted
from members.returns.views import read_list
from members.returns.workbooks import tables_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS_SHOWN = 200
# The marked workbook waits this long for the person who sent the file, and for nobody else.
MARKED_KEPT = 30 * 60
LARGEST_MARKED = 5 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def return_import(request):
    """Take a file of returns, and say of each refused row where and why (6.2.1 j)."""
    require(may_import(request.user))
    may_accept = bool(may_import_accepted(request.user))
    form = ImportForm(request.POST or None, request.FILES or None, may_accept=may_accept)
    context = {"form": form, "template_form": TemplateForm(periods_offered(), initial={"period": month_due()})}
    if request.method == "POST" and form.is_valid():
        context |= _take_in(request, form, may_accept)
    return render(request, "members/returns/return_import.html", context)


def _take_in(request, form, may_accept):
    """Import the file of the form; return what the page says of it."""
    file = form.cleaned_data["file"]
    dry_run = request.POST.get("do") == "check"
    hands = None if may_accept else Library.objects.in_hands_of(request.user, "members.report_returns")
    try:
        plan = import_returns(
            file,
            name=file.name,
            by=request.user,
            state=form.state_meant,
            partial=form.cleaned_data["partial"],
            dry_run=dry_run,
            libraries=hands,
        )
    except SheetRefused as refusal:
        form.add_error("file", refusal.sentence)
        return {}
    return {
        "plan": plan,
        "counts": plan.counts(),
        "dry_run": dry_run,
        "problems": plan.problems[:PROBLEMS_SHOWN],
        "questioned": plan.questioned[:PROBLEMS_SHOWN],
        "marked": _keep_marked(request.user, file, plan),
    }


def _keep_marked(user, file, plan):
    """Keep the file with its mistakes marked for a while; return the key under which its sender finds it."""
    if not plan.problems:
        return ""
    out = io.BytesIO()
    mark_errors(file, plan.problems, out, name=file.name)
    if out.tell() > LARGEST_MARKED:
        return ""
    key = secrets.token_hex(16)
    cache.set(f"marked:{user.pk}:{key}", out.getvalue(), MARKED_KEPT)
    return key


@require_safe
def return_marked(request, key):
    """Hand the marked workbook out to the person who sent the file."""
    content = cache.get(f"marked:{request.user.pk}:{key}")
    if content is None:
        raise Http404(_("The marked file is no longer kept; send yours again."))
    return attachment(content, "returns-marked.xlsx", XLSX)


@require_safe
def return_template(request):
    """Hand out the workbook to fill in for a month, with the libraries one may read (6.2.1 j)."""
    require(may_import(request.user))
    form = TemplateForm(periods_offered(), request.GET)
    if not form.is_valid():
        raise Http404
    period, district = period_named(form.cleaned_data["period"]), form.cleaned_data["district"]
    out = io.BytesIO()
    write_xlsx(out, tables_for(period, libraries_read_by(request.user), district))
    place = f"-{district.code}" if district else ""
    return attachment(out.getvalue(), f"returns-{period.code}{place}.xlsx", XLSX)


@require_safe
def return_export(request):
    """Hand out the returns of the list as a file, in the columns in which they come in (6.2.1 j)."""
    found, __ = read_list(request)
    table = table_of(found.returns())
    name = f"returns-{found.period.code}"
    if request.GET.get("format") == "csv":
        content = write_csv([column.header for column in table.columns], table.rows)
        return attachment(content, f"{name}.csv", "text/csv; charset=utf-8")
    out = io.BytesIO()
    write_xlsx(out, [table])
    return attachment(out.getvalue(), f"{name}.xlsx", XLSX)


def attachment(content, name, content_type):
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
