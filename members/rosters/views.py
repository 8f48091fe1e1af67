"""Show the numbers of a roster to whoever may read them, and hand rosters out as files (7.2)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.users import Request
from members.rosters import actions, files
from members.rosters.models import Roster, RosterLine
from members.rosters.register import ROSTERS, lines_of
from members.rosters.rules import may_show_numbers, reads_openly


@require_POST
def roster_numbers(request: Request, pk: int) -> HttpResponse:
    """Show a roster with all its numbers, and put that on record (7.2)."""
    roster = _roster(request, pk)
    actions.show_numbers(roster, by=request.user)
    shown = ROSTERS.page(roster, request.user)
    every = {line.pk for line, __ in shown["lines"]}
    shown["lines"] = [(line, files.number_of(line, every)) for line, __ in shown["lines"]]
    context = shown | {"register": ROSTERS, "are_shown": True}
    response = render(request, ROSTERS.page_template, context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def roster_xlsx(request: Request, pk: int) -> HttpResponse:
    """Hand a roster out as a workbook, numbers as far as the reader may see them (7.2)."""
    roster = _roster(request, pk)
    lines, openly = _open_to(request, roster)
    return _handed_out(request, roster, files.as_xlsx(roster, lines, openly), "xlsx", openly)


@require_safe
def roster_vcard(request: Request, pk: int) -> HttpResponse:
    """Hand the people of a roster out as cards (7.2)."""
    roster = _roster(request, pk)
    lines, openly = _open_to(request, roster)
    return _handed_out(request, roster, files.as_vcard(lines, openly), "vcf", openly)


@require_safe
def line_vcard(request: Request, pk: int, line: int) -> HttpResponse:
    """Hand one person of a roster out as a card (7.2)."""
    roster = _roster(request, pk)
    lines, openly = _open_to(request, roster)
    chosen = [one for one in lines if one.pk == get_object_or_404(RosterLine, roster=roster, pk=line).pk]
    return _handed_out(request, roster, files.as_vcard(chosen, openly), "vcf", openly, name=chosen[0].name)


def _roster(request: Request, pk: int) -> Roster:
    found: Roster = get_object_or_404(Roster.objects.visible_to(request.user), pk=pk)
    return found


def _open_to(request: Request, roster: Roster) -> tuple[list[RosterLine], set[int]]:
    lines = lines_of(roster)
    if may_show_numbers(request.user, roster):
        return lines, {line.pk for line in lines}
    return lines, reads_openly(request.user, lines)


def _handed_out(
    request: Request, roster: Roster, content: Any, form: str, openly: set[int], *, name: str = ""
) -> HttpResponse:
    actions.note_export(roster, form, by=request.user, with_numbers=bool(openly))
    response = HttpResponse(content, content_type=files.VCARD if form == "vcf" else files.XLSX)
    patch_cache_control(response, private=True, no_store=True)
    return to_keep(response, name or str(roster), form)
