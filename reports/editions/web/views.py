"""Let a report be read on the page: its chapters, its districts, who stands where among libraries like it (6.1 d)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fsul_portal.users import Request
from reports.documents import tables
from reports.documents.chapters import chapters
from reports.documents.reading import Reading
from reports.editions.actions import full_snapshot
from reports.editions.models import Edition
from reports.editions.web.forms import RankingForm
from reports.editions.web.ranking import ranked

# The libraries stand on the pages of their districts: a page of all would be long to load and to read.
ELSEWHERE = "libraries"


@require_safe
def edition_read(request: Request, pk: int) -> HttpResponse:
    """Show the chapters of a report as they are printed, all but the tables of the libraries (6.1 d)."""
    edition, reading = _seen(request, pk)
    shown = [chapter for chapter in chapters(reading) if chapter.anchor != ELSEWHERE]
    districts = [place for place in reading.districts if reading.libraries_of(place)]
    context = {"edition": edition, "reading": reading, "chapters": shown, "districts": districts}
    return render(request, "reports/editions/web/edition_read.html", context)


@require_safe
def edition_district(request: Request, pk: int, code: str) -> HttpResponse:
    """Show the figures of each library of a district; a library leads to the returns they came from (6.1 d)."""
    edition, reading = _seen(request, pk)
    place = next((one for one in reading.districts if one.code == code and reading.libraries_of(one)), None)
    if place is None:
        raise Http404
    table = tables.libraries(reading, place)
    rows = [(row.before[0], row) for row in table.rows]
    context = {"edition": edition, "reading": reading, "district": place, "table": table, "rows": rows}
    return render(request, "reports/editions/web/edition_district.html", context)


@require_safe
def edition_ranking(request: Request, pk: int) -> HttpResponse:
    """Rank the libraries of one level by one figure; who has no figure stands apart and is never last (6.1 d)."""
    edition, reading = _seen(request, pk)
    form = RankingForm(reading, request.GET or None)
    context: dict[str, Any] = {"edition": edition, "reading": reading, "form": form}
    if form.chosen:
        context |= ranked(reading, *form.chosen)
    return render(request, "reports/editions/web/edition_ranking.html", context)


def _seen(request: Request, pk: int) -> tuple[Edition, Reading]:
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    return edition, Reading(full_snapshot(edition))
