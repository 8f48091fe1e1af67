"""Have the file of one district or library made, and hand it out."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.files.contents import opened
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.records.actions import record
from fsul_portal.users import Request
from reports.documents.excerpts.places import place_of
from reports.documents.reading import Reading
from reports.editions.actions import full_snapshot
from reports.editions.excerpts.actions import address_of, replace_lost, request_excerpt
from reports.editions.excerpts.models import Excerpt
from reports.editions.models import Edition


@require_POST
def edition_excerpt(request: Request, pk: int) -> HttpResponse:
    """Have the file of one district or library made in the background; its page says how far it is (6.2.1 j)."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    place = place_of(Reading(full_snapshot(edition)), request.POST.get("place", ""))
    language = request.POST.get("language", "")
    if place is None or language not in Excerpt.Language.values:
        raise Http404
    request_excerpt(edition, place, language, by=request.user)
    return redirect(f"{address_of(edition, place)}#excerpt")


@require_safe
def excerpt_download(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file to whoever may read the report at this moment; each download is on record."""
    readable = Excerpt.objects.filter(edition__in=Edition.objects.visible_to(request.user))
    excerpt = get_object_or_404(readable.select_related("edition"), pk=pk)
    edition = excerpt.edition
    with override(excerpt.language):
        place = place_of(Reading(full_snapshot(edition)), excerpt.place)
        assert place, "what was printed of a frozen edition stands in it"
        name = f"{edition} {place.name}"
    content = opened(excerpt.pdf)
    if content is None:
        replace_lost(excerpt, place, by=request.user)
        messages.warning(request, _("The store has lost this document. It is written again out of the same figures."))
        return redirect(f"{address_of(edition, place)}#excerpt")
    record(edition, "downloaded", by=request.user, note=name)
    response = to_keep(FileResponse(content), name, "pdf")
    response["Cache-Control"] = "private, no-store"
    return response
