"""Show what is found in the whole portal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.finding.forms import SearchForm
from fsul_portal.finding.hits import ask
from fsul_portal.rooms import finds
from fsul_portal.users import Request

SHOWN = 5


@require_safe
def search(request: Request) -> HttpResponse:
    """Show the first hits of each kind among what this person may see."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    asked = [ask(find, request.user, text, most=SHOWN) for find in finds()] if text else []
    groups = [found for found in asked if found]
    context = {"form": form, "text": text, "groups": groups, "total": sum(found.count for found in groups)}
    return render(request, "finding/search.html", context)
