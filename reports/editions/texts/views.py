"""Serve the page on which the office writes the words of a report (6.1 d)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fsul_portal.acts.versions import Stale
from fsul_portal.users import Request
from fsul_portal.verdicts import Unready, require
from reports.documents.reading import Reading
from reports.documents.reckoned.derived import Derived
from reports.documents.words.placeholders import MARK, OF, WHOLE, braced, name_of, names_of
from reports.editions.actions import full_snapshot
from reports.editions.life.rules import may_write
from reports.editions.models import Edition
from reports.editions.texts.actions import write_texts
from reports.editions.texts.forms import TextsForm


@require_http_methods(["GET", "HEAD", "POST"])
def edition_texts(request: Request, pk: int) -> HttpResponse:
    """Write the texts of a report; whoever was overtaken keeps what he typed (6.1 d)."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=pk)
    require(may_write(request.user, edition))
    form, status = TextsForm(edition, request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            write_texts(edition, by=request.user, **form.answers())
        except Unready as unready:
            form.show(unready.findings)
        except Stale as late:
            # What was typed stays; sent once more it speaks of the report as it is now.
            form = TextsForm(edition, form.kept(Edition.objects.get(pk=pk)))
            form.full_clean()
            form.add_error(None, str(late))
            status = 409
        else:
            messages.success(request, _("The texts are kept; the documents are being written with them."))
            return redirect(edition)
    context = {"edition": edition, "form": form, "names": names_shown(edition)}
    return render(request, "reports/editions/edition_texts.html", context, status=status)


def names_shown(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the names of figures in the reader's language, each with what it stands for now, indicator by indicator.

    Those of the whole report come first, under no title; the codes of indicators are left out.
    """
    reading = Reading(full_snapshot(edition))
    says, derived = dict(names_of(reading)), Derived(reading)
    shown = [("", [str(whole.title) for whole in WHOLE.values()])]
    of = [str(one.title) for one in OF.values() if not (one.is_monthly and reading.annual)]
    places = [place.name for place in reading.districts]
    for one in reading.summed:
        own = name_of(one)
        shown.append((own, [own, *(f"{own}{MARK}{other}" for other in (*of, *places))]))
    for formula in derived.formulas:
        own = derived.name(formula)
        shown.append((own, [own, *(f"{own}{MARK}{place}" for place in places)]))
    return [(title, [(braced(name), says[name]()) for name in names]) for title, names in shown]
