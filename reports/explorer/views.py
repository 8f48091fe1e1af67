"""Show figures as chart and table, hand them out, and keep views under a name (6.2.1 j)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.acts.views import act_view
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.intake.resources import FORMATS
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Denied, require
from members.returns.due.scope import scope_of
from reports.explorer.actions import save_view
from reports.explorer.changes.telling import with_changes
from reports.explorer.choices import Choice
from reports.explorer.drawing import as_png_picture, as_svg_picture
from reports.explorer.forms import ASKED, ExplorerForm, SaveForm
from reports.explorer.maps.points import map_of
from reports.explorer.models import QUERY_LENGTH, SavedView
from reports.explorer.rules import may_look, reads_returns
from reports.explorer.series import Series, series_of
from reports.explorer.verbs import VIEW_ACTS
from reports.explorer.workbook import as_csv, as_xlsx
from reports.explorer.years.folding import folded, parts_of, yearly_of

VIEWS_SHOWN = 30
WRITERS = {"xlsx": as_xlsx, "csv": as_csv, "svg": as_svg_picture, "png": as_png_picture}
TYPES = FORMATS | {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def explorer(request: Request) -> HttpResponse:
    """Show the months of some figures, of the system, a district, a library or of peers (6.2.1 j)."""
    return shown(request, request.GET)


def shown(request: Request, asked: QueryDict, **more: Any) -> HttpResponse:
    """Draw the page of a query; whoever may not look at what it asks for reads why."""
    form = ExplorerForm(scope_of(request.user), asked)
    context: dict[str, Any] = {"form": form, "query": query_of(asked), "saved": _saved(request.user)} | more
    context["save"] = SaveForm(initial={"query": context["query"]})
    if form.is_valid():
        choice = form.choice
        reads = reads_returns(request.user, choice)
        verdict = may_look(request.user, choice, reads=reads)
        if isinstance(verdict, Denied):
            context["denied"] = verdict
        else:
            context |= _drawn(request, form, choice, reads)
    return render(request, "reports/explorer/explorer.html", context)


def _saved(user: User) -> Any:
    return SavedView.objects.visible_to(user).standing().select_related("saved_by")[:VIEWS_SHOWN]


def _series(user: User, form: ExplorerForm, choice: Choice, reads: bool) -> list[Series]:
    """Return the months of what is looked at, or its years out of the months of what it is made of; how they moved."""
    return with_changes(user, choice, _without_changes(user, form, choice, reads), reads=reads)


def _without_changes(user: User, form: ExplorerForm, choice: Choice, reads: bool) -> list[Series]:
    if not choice.by_year:
        return series_of(user, choice, reads=reads)
    by_month, by_year = parts_of(choice, form.known), yearly_of(choice)
    yearly = series_of(user, by_year, reads=reads) if by_year.figures else []
    return folded(choice, series_of(user, by_month, reads=reads), yearly)


def _drawn(request: Request, form: ExplorerForm, choice: Choice, reads: bool) -> dict[str, Any]:
    series = _series(request.user, form, choice, reads)
    spell = choice.library.facts if choice.library and choice.peers else None
    return {
        "choice": choice,
        "series": series,
        "rows": [(month, [one.cells[number] for one in series]) for number, month in enumerate(choice.steps)][::-1],
        "of_returns": reads,
        # Of single libraries only those see figures who read their returns.
        "map": map_of(choice) if reads and form.cleaned_data["map"] else None,
        "rule": choice.peer_rule(spell) if spell else "",
    }


@require_safe
def view_detail(request: Request, key: str) -> HttpResponse:
    """Show what somebody has saved, with what its reader may see; a removed one still leads its owner on (6.2.1 j)."""
    saved = list(_saved(request.user))
    # Most stand in the list beside the page, which has been read then.
    view = next((one for one in saved if one.key == key), None) or _seen(request.user, key)
    if view.removed_at:
        return redirect(f"{reverse('reports:explorer')}?{view.query}")
    asked = request.GET or QueryDict(view.query)
    return shown(request, asked, view=view, saved=saved, offers=VIEW_ACTS.offers(request.user, view))


@require_POST
def view_new(request: Request) -> HttpResponse:
    """Save what is looked at under a name (6.2.1 j)."""
    form = SaveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        view = save_view(said["name"], query_of(QueryDict(said["query"])), by=request.user, token=said["token"])
        messages.success(request, _("The view is saved under its own address."))
        return redirect(view)
    messages.error(request, _("Give the view a name of at most 60 characters; nothing has been saved."))
    query = query_of(QueryDict(str(request.POST.get("query", ""))[:QUERY_LENGTH]))
    return redirect(f"{reverse('reports:explorer')}?{query}")


def _seen(user: User, key: str) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(user).select_related("saved_by"), key=key)


def _beside(view: SavedView, user: User) -> dict[str, Any]:
    crumbs = [(_("Explorer"), reverse("reports:explorer")), (view.name, view.get_absolute_url())]
    return {"crumbs": crumbs, "clause": "6.2.1 j"}


view_act = act_view(VIEW_ACTS, find=_seen, shown=_beside)


@require_safe
def explorer_file(request: Request, format: str) -> HttpResponse:
    """Hand out what the page of the same query shows (6.2.1 j)."""
    form = ExplorerForm(scope_of(request.user), request.GET)
    if format not in WRITERS or not form.is_valid():
        raise Http404
    choice = form.choice
    reads = reads_returns(request.user, choice)
    require(may_look(request.user, choice, reads=reads))
    series = _series(request.user, form, choice, reads)
    content = WRITERS[format](choice, series)
    return to_keep(HttpResponse(content, content_type=TYPES[format]), choice.title, format)


def query_of(asked: QueryDict) -> str:
    """Return the address of what is looked at, without empty answers and without what is not asked for here."""
    kept = QueryDict(mutable=True)
    for name in ASKED:
        # The whole system is said by an empty district.
        if asked.get(name) or (name == "district" and name in asked):
            kept[name] = str(asked[name])
    return kept.urlencode()
