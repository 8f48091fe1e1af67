"""Hand files of returns out: to be filled in, and as they are (6.2.1 j)."""

import io

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.intake.resources import FORMATS
from fsul_portal.sheets import write_csv, write_xlsx
from fsul_portal.users import Request
from fsul_portal.verdicts import require
from members.libraries.models import Library
from members.periods.models import period_named
from members.returns.due.lists import periods_offered
from members.returns.forms import TemplateForm
from members.returns.intake.resources import rows_of, table_of_returns
from members.returns.intake.workbooks import tables_for
from members.returns.models import libraries_read_by
from members.returns.rules import may_import
from members.returns.views import read_list


@require_safe
def return_template(request: Request) -> HttpResponse:
    """Hand out the workbook to fill in for a month, with the libraries one may read (6.2.1 j)."""
    require(may_import(request.user))
    form = TemplateForm(periods_offered(), request.GET)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    period, libraries = period_named(said["period"]), libraries_read_by(request.user)
    if said["library"]:
        libraries = (Library.objects.all() if libraries is None else libraries).filter(pk=said["library"].pk)
    out = io.BytesIO()
    write_xlsx(out, tables_for(period, libraries, said["district"]))
    name, of = _("Form for returns, %(period)s") % {"period": period}, said["library"] or said["district"]
    return handed_out(out.getvalue(), f"{name} {of}" if of else name, "xlsx")


@require_safe
def return_export(request: Request) -> HttpResponse:
    """Hand out the returns of the list as a file, in the columns in which they come in (6.2.1 j)."""
    found, __ = read_list(request)
    name = _("Figures of returns, %(period)s") % {"period": found.period}
    if request.GET.get("format") == "csv":
        return handed_out(write_csv(*rows_of(found.returns())), name, "csv")
    out = io.BytesIO()
    write_xlsx(out, [table_of_returns(found.returns())])
    return handed_out(out.getvalue(), name, "xlsx")


def handed_out(content: bytes, name: str, ending: str) -> HttpResponse:
    return to_keep(HttpResponse(content, content_type=FORMATS[ending]), name, ending)
