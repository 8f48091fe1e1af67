"""Let a report be read on the page: its chapters, its districts, who stands where among libraries like it (6.1 d)."""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fsul_portal.users import Request
from members.returns.due.scope import scope_of
from reports.documents import tables
from reports.documents.chapters import chapters, figure_of
from reports.documents.excerpts.charts import figure_of_place, ranking_chart
from reports.documents.excerpts.courses import months_of_place
from reports.documents.excerpts.peers import beside_peers, ranked
from reports.documents.excerpts.places import Place, place_of
from reports.documents.layout.book import numbered_figures
from reports.documents.reading import Reading
from reports.editions.actions import full_snapshot
from reports.editions.excerpts.actions import standings
from reports.editions.models import Edition
from reports.editions.web.forms import RankingForm

# The libraries stand on the pages of their districts: a page of all would be long to load and to read.
ELSEWHERE = "libraries"
# Figures of an edition never change; what draws them may with a release, and is then seen after a day.
CHART_KEPT = 24 * 60 * 60
# The drawing styles each of its lines itself, which the policy of the pages forbids; it can do nothing else.
CHART_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


@require_safe
def edition_read(request: Request, pk: int) -> HttpResponse:
    """Show the chapters of a report as they are printed, all but the tables of the libraries (6.1 d)."""
    edition, reading = _seen(request, pk)
    shown = [chapter for chapter in chapters(reading) if chapter.anchor != ELSEWHERE]
    districts = [place for place in reading.districts if reading.libraries_of(place)]
    own = scope_of(request.user)
    mine = place_of(reading, own.library.code if own.library else own.district.code if own.district else "")
    context = {"edition": edition, "reading": reading, "chapters": shown, "districts": districts, "mine": mine}
    return render(request, "reports/editions/web/edition_read.html", context)


@require_safe
def edition_chart(request: Request, pk: int, name: str) -> HttpResponse:
    """Draw a chart of a report as its documents have it, once for all its readers (6.1 d)."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    key = f"chart:{edition.pk}:{edition.digest}:{name}:{get_language()}"
    svg = cache.get(key)
    if svg is None:
        reading = Reading(full_snapshot(edition))
        figure = figure_of(reading, f"{name}.svg") or figure_of_place(reading, name)
        if figure is None:
            raise Http404
        cache.set(key, svg := figure.chart.svg, CHART_KEPT)
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"private, max-age={CHART_KEPT}"
    response._csp_replace = CHART_POLICY  # type: ignore[attr-defined]
    return response


@require_safe
def edition_district(request: Request, pk: int, code: str) -> HttpResponse:
    """Show the figures of each library of a district, with its file; a code leads to the returns (6.1 d)."""
    edition, reading = _seen(request, pk)
    place = _place_or_404(reading, code, is_library=False)
    table = tables.libraries(reading, place.district)
    rows = [(row.before[0], row) for row in table.rows]
    context = {"edition": edition, "reading": reading, "district": place.district, "table": table, "rows": rows}
    return render(request, "reports/editions/web/edition_district.html", context | _beside(edition, reading, place))


@require_safe
def edition_library(request: Request, pk: int, code: str) -> HttpResponse:
    """Show what a report says of one library, beside those of its level, with its file (6.1 d)."""
    edition, reading = _seen(request, pk)
    place = _place_or_404(reading, code, is_library=True)
    assert place.library
    table = beside_peers(reading, place.library)
    context = {"edition": edition, "reading": reading, "district": place.district, "table": table}
    return render(request, "reports/editions/web/edition_library.html", context | _beside(edition, reading, place))


def _place_or_404(reading: Reading, code: str, *, is_library: bool) -> Place:
    place = place_of(reading, code)
    if place is None or bool(place.library) != is_library:
        raise Http404
    return place


def _beside(edition: Edition, reading: Reading, place: Place) -> dict[str, Any]:
    found = standings(edition, place.code)
    is_waited_for = any(one.run and not one.run.is_over and not one.excerpt for one in found)
    figures = numbered_figures(months_of_place(reading, place))
    return {"place": place, "figures": figures, "standings": found, "is_waited_for": is_waited_for}


@require_safe
def edition_ranking(request: Request, pk: int) -> HttpResponse:
    """Rank the libraries of one level by one figure; who has no figure stands apart and is never last (6.1 d)."""
    edition, reading = _seen(request, pk)
    form = RankingForm(reading, request.GET or None)
    context: dict[str, Any] = {"edition": edition, "reading": reading, "form": form}
    if form.chosen:
        context |= (found := ranked(reading, *form.chosen))
        context["figures"] = numbered_figures(ranking_chart(reading, found, form.chosen))
    return render(request, "reports/editions/web/edition_ranking.html", context)


def _seen(request: Request, pk: int) -> tuple[Edition, Reading]:
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    return edition, Reading(full_snapshot(edition))
