"""Show, build, publish and hand out reports."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committee.decisions.grounds.actions import ground_of
from committee.decisions.grounds.columns import GROUND
from fsul_portal.acts.views import act_view
from fsul_portal.approvals.progress import progress
from fsul_portal.files.contents import opened
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.records.actions import record
from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from fsul_portal.verdicts import require
from reports.corrections.models import Correction
from reports.documents.chapters import WORDED
from reports.documents.figures import TOO_FEW, comparison
from reports.documents.reading import Reading
from reports.documents.reckoned.derived import tables as derived_tables
from reports.documents.words.proposal import paragraphs
from reports.editions import actions
from reports.editions.english import ENGLISH, TRANSLATED, request_english
from reports.editions.forms import BuildForm
from reports.editions.life.rules import may_take_up, may_write
from reports.editions.life.verbs import ACTS
from reports.editions.models import Edition
from reports.editions.rewriting import replace_lost, take_up
from reports.editions.rules import may_build

MOST_RECORDS = 50
DEEDS = {
    "frozen": Deed(gettext_lazy("froze the figures"), "neutral", "lock"),
    "lost": Deed(gettext_lazy("found a document lost and had it written again"), "warning", "refresh"),
    "edited": Deed(gettext_lazy("changed the texts"), "neutral", "edit"),
    "consulted": Deed(gettext_lazy("opened it to remarks"), "info", "people"),
    "submitted": Deed(gettext_lazy("put it to review"), "info", "send"),
    "report_review": Deed(gettext_lazy("reviewed it"), "success", "eye"),
    "report_signature": Deed(gettext_lazy("approved it"), "success", "check"),
    "returned": Deed(gettext_lazy("returned it for correction"), "warning", "left"),
    "published": Deed(gettext_lazy("published it"), "success", "send"),
}


@require_POST
def edition_build(request):
    """Ask for a report; it is built in the background (6.2.1 j)."""
    require(may_build(request.user))
    form = BuildForm(request.POST)
    if form.is_valid():
        return redirect(
            actions.request_edition(form.cleaned_data["kind"], form.cleaned_data["period"], by=request.user)
        )
    context = {"form": form, "may_build": may_build(request.user)}
    return render(request, "reports/editions/edition_build.html", context, status=422)


def _row(indicator, cell):
    return indicator, cell, _move(cell, "last_year"), _move(cell, "last_period")


def _move(cell, name):
    found = comparison(cell, name)
    return {**found, "is_too_few": found.get("reason") == TOO_FEW}


@require_safe
def edition_detail(request, pk):
    """Show the key figures of an edition and its documents (6.1 d)."""
    seen = Edition.objects.visible_to(request.user).with_builders().with_turns()
    edition = get_object_or_404(seen, pk=pk)
    reading = Reading(actions.full_snapshot(edition))
    context = {
        "edition": edition,
        "snapshot": reading.snapshot,
        "reading": reading,
        "rows": [_row(entry, reading.snapshot["system"][entry.code]) for entry in reading.indicators],
        "reckoned": list(derived_tables(reading)),
        "offers": ACTS.offers(request.user, edition),
        "texts": [(title, told) for chapter, title in WORDED.items() if (told := paragraphs(reading, chapter))],
        "may_write": may_write(request.user, edition),
        "may_take_up": may_take_up(request.user, edition),
        # What was published before reports were reviewed has no way to show.
        "stages": progress(edition) if edition.round or not edition.published_at else [],
        "timeline": course_of(Record.objects.of(edition).exclude(verb="downloaded")[:MOST_RECORDS], DEEDS),
        "may_build": may_build(request.user),
        "corrected": corrected_since(edition),
        "ground": GROUND.drawn(edition) if ground_of(edition) else None,
        "gaps": actions.gaps_told(edition.unprintable),
        "documents": [form for form in ("pdf", "xlsx", "json") if getattr(edition, form)],
    }
    return render(request, "reports/editions/edition_detail.html", context)


def corrected_since(edition):
    """Return the slips that came into force after the figures of an edition were frozen."""
    slips = Correction.objects.in_force().of_period(edition.period).filter(decided_at__gt=edition.frozen_at)
    return slips.named().order_by("decided_at")


@require_safe
def edition_download(request, pk, form):
    """Hand out a document to whoever may read the report at this moment; each download is on record."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).defer("snapshot"), pk=pk)
    in_english = request.GET.get("language") == ENGLISH and form in TRANSLATED
    document = getattr(edition, f"{form}_en" if in_english else form)
    if not document and in_english and edition.is_finished:
        messages.info(request, _("There is no English copy of this report yet; have it made here."))
        return redirect(edition)
    if not document:
        raise Http404
    content = opened(document)
    if content is None:
        replace_lost(edition, f"{form}_{ENGLISH}" if in_english else form, by=request.user)
        messages.warning(request, _("The store has lost this document. It is written again out of the same figures."))
        return redirect(edition)
    record(edition, "downloaded", by=request.user, note=f"{form} (English)" if in_english else form)
    # Its own name in the store tells nothing, but how it ends tells the browser what it is.
    with override(ENGLISH if in_english else get_language()):
        response = to_keep(FileResponse(content), str(edition), form)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def edition_write(request, pk):
    """Have the documents of an edition written whose writing was interrupted (6.2.1 j)."""
    return redirect(take_up(_edition_seen_by(request.user, pk), by=request.user))


@require_POST
def edition_english(request, pk):
    """Have the English copy of an edition made in the background (6.2.1 j)."""
    return redirect(request_english(_edition_seen_by(request.user, pk), by=request.user))


def _edition_seen_by(user, pk):
    return get_object_or_404(Edition.objects.visible_to(user), pk=pk)


def _shown(edition, user):
    """Show on the page of every act which edition it is."""
    return {
        "crumbs": [(_("Reports"), reverse("reports:edition-list")), (edition, edition.get_absolute_url())],
        "clause": "6.2.1 j",
    }


edition_act = act_view(ACTS, find=_edition_seen_by, shown=_shown)
