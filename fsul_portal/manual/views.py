"""Show the manual, page by page, in the language of the reader."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from fsul_portal.account.tours import tour_of
from fsul_portal.manual.pages import FIRST, PAGES, page
from fsul_portal.users import Request


@require_safe
def manual(request: Request, name: str = FIRST) -> HttpResponse:
    """Show one page of the manual, and beside it the others."""
    if name not in PAGES:
        raise Http404
    language = get_language() or ""
    pages = [page(one, language) for one in PAGES]
    tour = tour_of(request.user) if name == FIRST else None
    return render(request, "help/manual.html", {"pages": pages, "page": page(name, language), "tour": tour})
