"""Serve the pages of filings (6.2.1 e)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.acts.versions import Stale
from fsul_portal.acts.views import act_view
from fsul_portal.letters.shelf import shelf_of
from fsul_portal.verdicts import require
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.checks.findings import FilingRefused
from workgroups.coordination.filings.detail import dossier
from workgroups.coordination.filings.forms import BeginForm, FilingForm, add_findings, matching
from workgroups.coordination.filings.kinds.table import KINDS
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.register import FILINGS
from workgroups.coordination.filings.rules import libraries_to_file_for, may_begin, may_edit
from workgroups.coordination.filings.verbs import ACTS

SUGGESTIONS = 12


@require_safe
def library_suggestions(request):
    """Suggest libraries in the user's hands while he types."""
    text = request.GET.get("library", "").strip()[:60]
    found = matching(request.user, text)[:SUGGESTIONS] if text else []
    return render(request, "workgroups/coordination/filings/_suggestions.html", {"spells": found})


@require_http_methods(["GET", "HEAD", "POST"])
def filing_new(request):
    """Choose kind and library, then write down what is asked for (6.2.1 e)."""
    require(may_begin(request.user))
    choice = BeginForm(request.GET or None, user=request.user, initial=_first_choice(request.user))
    if not choice.is_valid():
        return render(
            request, "workgroups/coordination/filings/filing_choose.html", {"form": choice, "kinds": KINDS.values()}
        )
    kind, library = choice.cleaned_data["kind"], choice.cleaned_data["library"]
    form = FilingForm(request.POST or None, kind=kind, library=library)
    if request.method == "POST" and form.is_valid():
        try:
            token = form.cleaned_data["token"]
            filing = actions.begin(kind, library, by=request.user, asked=form.asked(), token=token)
        except FilingRefused as refused:
            add_findings(form, refused.findings)
        else:
            messages.success(request, _("The draft is saved. Look it over and submit it."))
            return redirect(filing)
    context = {"form": form, "kind": KINDS[kind], "library": library}
    return render(request, "workgroups/coordination/filings/filing_form.html", context)


def _first_choice(user):
    """Return what is clear without asking: the library of somebody who files for one only."""
    mine = libraries_to_file_for(user).values_list("code", flat=True)[:2]
    return {"library": mine[0], "kind": "move"} if len(mine) == 1 else {"kind": "move"}


@require_safe
def filing_detail(request, pk):
    """Show a filing: how far it is, what it changes, who said what, what one may do (6.2.1 e)."""
    filing = _visible(request.user, pk)
    more = {"shelf": shelf_of(filing, request.user), "parts": FILINGS.parts}
    context = dossier(filing, request.user) | more
    return render(request, "workgroups/coordination/filings/filing_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def filing_edit(request, pk):
    """Change a draft or a returned filing; whoever was overtaken is told and keeps his text (6.2.1 e)."""
    filing, status = _visible(request.user, pk), 200
    require(may_edit(request.user, filing))
    form = FilingForm(request.POST or None, kind=filing.kind, library=filing.library, filing=filing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(filing, by=request.user, version=form.cleaned_data["version"] or 0, asked=form.asked())
        except FilingRefused as refused:
            add_findings(form, refused.findings)
        except Stale as late:
            form, status = _edit_again(request, pk, late), 409
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(filing)
    context = {"form": form, "kind": filing.what, "library": filing.library, "filing": _visible(request.user, pk)}
    if status == 409:
        context["stored"] = compare(context["filing"])
    return render(request, "workgroups/coordination/filings/filing_form.html", context, status=status)


def _edit_again(request, pk, late):
    """Draw the form of somebody who was overtaken: his text, the version of now."""
    filing, kept = _visible(request.user, pk), request.POST.copy()
    kept["version"] = str(filing.version)
    form = FilingForm(kept, kind=filing.kind, library=filing.library, filing=filing)
    form.add_error(None, _("%(sentence)s Your text is still here; saving again replaces theirs.") % {"sentence": late})
    return form


def _visible(user, pk):
    filing = get_object_or_404(Filing.objects.visible_to(user).with_all().with_rivals(), pk=pk)
    if filing.kind not in KINDS:
        raise Http404
    return filing


def _shown(filing, user):
    """Show on the page of every act what bears on it."""
    return dossier(filing, user) | {
        "crumbs": [(_("Filings"), reverse("workgroups:coordination:filing-list")), (filing, filing.get_absolute_url())],
        "clause": "6.2.1 e",
        "aside": "workgroups/coordination/filings/_act_aside.html",
    }


filing_act = act_view(ACTS, find=_visible, shown=_shown)
