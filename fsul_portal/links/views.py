"""Link records by hand, and take links away."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fsul_portal.grammar.things import may_read, thing_or_404
from fsul_portal.links import actions
from fsul_portal.links.forms import LinkForm, SearchForm
from fsul_portal.links.models import Link
from fsul_portal.rooms import search
from fsul_portal.users import Request, User


@require_http_methods(["GET", "POST"])
def link_add(request: Request, kind: str, pk: int) -> HttpResponse:
    """Look for the other record among those that the person may read, then link the two."""
    thing = thing_or_404(request.user, kind, pk)
    asked = SearchForm(request.GET if "q" in request.GET else None)
    found = _found(request.user, asked, thing)
    form = LinkForm(request.POST if request.method == "POST" else None, found=found)
    if form.is_valid():
        actions.link(thing, form.chosen, form.cleaned_data["relation"], by=request.user)
        messages.success(request, _("The two records are linked; both pages show it."))
        return redirect(thing)
    return render(request, "links/link_add.html", {"thing": thing, "asked": asked, "found": found, "form": form})


def _found(user: User, asked: SearchForm, thing: Model) -> list[Model]:
    if not asked.is_valid():
        return []
    return [one for one in search(user, asked.cleaned_data["q"]) if one != thing]


@require_POST
def link_remove(request: Request, pk: int) -> HttpResponse:
    """Take a link away, and lead back to the page on which its button stood."""
    link = get_object_or_404(Link, pk=pk)
    ends = (link.first, link.second)
    if not all(may_read(request.user, end) for end in ends):
        raise Http404
    actions.unlink(link, by=request.user)
    messages.success(request, _("The link is taken away; both records remember it."))
    return redirect(ends[request.POST.get("from") == "second"])
