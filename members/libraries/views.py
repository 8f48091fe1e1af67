"""Show the registry as it is, and as it was."""

from io import BytesIO

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.intake.resources import FORMATS, write_table
from fsul_portal.registers.paging import page_of
from fsul_portal.templatetags.figures import iso
from fsul_portal.users import Request
from members.divisions.coverage import districts_on
from members.libraries.forms import DayForm, LibraryFilter
from members.libraries.history import ahead_of, children_of, history_of, name_parents, records_of, superseded_of
from members.libraries.intake.columns import LIBRARY_COLUMNS
from members.libraries.intake.resources import LibraryResource
from members.libraries.models import Library, Spell
from members.libraries.rules import may_import_libraries, oversees
from members.libraries.words import division_names, facts_in_words

CHILDREN_SHOWN = 30


@require_safe
def library_list(request: Request) -> HttpResponse:
    """List the libraries of a day in the office's order (6.2.1 e)."""
    form = LibraryFilter(request.GET)
    spells = form.spells()
    found = dict(spells.order_by().values_list("level").annotate(Count("pk")))
    levels = [(label, found.get(value, 0)) for value, label in Spell.Level.choices]
    page = page_of(request.GET, spells.select_related("library", "district", "town"), count=sum(found.values()))
    name_parents(page.object_list, form.day_asked)
    ahead = ahead_of([spell.library_id for spell in page.object_list], form.day_asked)
    for spell in page.object_list:
        spell.ahead = ahead.get(spell.library_id, [])
    context = {
        "form": form,
        "page": page,
        "total": sum(found.values()),
        "levels": levels,
        "may_import": may_import_libraries(request.user),
    }
    return render(request, "members/libraries/library_list.html", context)


@require_safe
def library_export(request: Request, format: str) -> HttpResponse:
    """Write exactly the libraries that the list shows with the same conditions."""
    if format not in FORMATS:
        raise Http404
    form = LibraryFilter(request.GET)
    file = BytesIO()
    dataset = LibraryResource(on=form.day_asked).export(form.spells())
    write_table(file, dataset, format, _("Member libraries"), LIBRARY_COLUMNS)
    response = HttpResponse(file.getvalue(), content_type=FORMATS[format])
    return to_keep(response, f"{_('Member libraries')} {iso(form.day_asked)}", format)


@require_safe
def library_detail(request: Request, code: str) -> HttpResponse:
    """Show what is true of a library on a day, and everything that was (6.2.1 e)."""
    library = get_object_or_404(Library, code=code)
    form = DayForm(request.GET)
    spell = library.facts_on(form.day_asked)
    names = division_names()
    children = children_of(library, form.day_asked)
    context = {
        "library": library,
        "form": form,
        "spell": spell,
        "ahead": ahead_of([library.pk], form.day_asked).get(library.pk, []),
        "facts": facts_in_words(spell),
        "above": Spell.objects.as_of(form.day_asked).filter(library=spell.parent_id).first() if spell else None,
        "children": children[:CHILDREN_SHOWN],
        "children_count": children.count(),
        "turns": history_of(library, names),
        "superseded": superseded_of(library) if oversees(request.user) else (),
        "records": records_of(library, names),
    }
    return render(request, "members/libraries/library_detail.html", context)


@require_safe
def district_list(request: Request) -> HttpResponse:
    """Show the districts with their towns: how many libraries, and where no branch is yet (6.2.1 d)."""
    form = DayForm(request.GET)
    context = {
        "form": form,
        "districts": districts_on(form.day_asked),
        "levels": Spell.Level.choices,
        "branch": Spell.Level.BRANCH.label,
    }
    return render(request, "members/libraries/district_list.html", context)
