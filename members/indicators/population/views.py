"""Show how many people live in each division, and hand the rows out as they come in (6.2.1 j)."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.intake.resources import FORMATS, table_of
from fsul_portal.registers.paging import page_of
from fsul_portal.sheets import write_csv, write_xlsx
from fsul_portal.users import Request
from members.indicators.population.columns import COLUMNS
from members.indicators.population.models import Population
from members.indicators.rules import may_change_indicators


@require_safe
def population_list(request: Request) -> HttpResponse:
    """List the population of the divisions by year, with the source (6.2.1 j)."""
    page = page_of(request.GET, Population.objects.select_related("division"))
    context = {"page": page, "may_import": may_change_indicators(request.user)}
    return render(request, "members/indicators/population_list.html", context)


@require_safe
def population_export(request: Request, format: str) -> HttpResponse:
    """Hand the populations out in the columns in which they come in."""
    if format not in FORMATS:
        raise Http404
    rows = [
        [one.division.code, one.division.name, one.year, one.people, one.source]
        for one in Population.objects.select_related("division")
    ]
    if format == "csv":
        content = write_csv([column.name for column in COLUMNS], rows)
    else:
        out = BytesIO()
        write_xlsx(out, [table_of(_("Population"), COLUMNS, rows)])
        content = out.getvalue()
    return to_keep(HttpResponse(content, content_type=FORMATS[format]), _("Population"), format)
