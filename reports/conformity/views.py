"""Show what holds each duty of the standard today."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.grammar.evidence import Standing
from fsul_portal.standard import BODIES, CHAPTERS
from fsul_portal.users import Request
from reports.conformity.evidence import conformity


@require_safe
def conformity_list(request):
    """List all duties of the standard with the records that hold them."""
    rows = conformity()
    chapters = [
        (CHAPTERS[chapter], chapter, list(found))
        for chapter, found in groupby(rows, key=lambda row: row.clause.chapter)
    ]
    counts = [(standing, sum(row.evidence.standing == standing for row in rows)) for standing in Standing]
    context = {"chapters": chapters, "counts": counts, "total": len(rows), "bodies": _heading("5")}
    return render(request, "reports/conformity/conformity_list.html", context)


@require_safe
def conformity_bodies(request: Request) -> HttpResponse:
    """Show what holds the two bodies of the standard; the list fetches it after itself (5.1, 5.2)."""
    context = {"rows": conformity(clauses=BODIES), "heading": _heading("5")}
    template = "_chapter.html" if request.htmx else "conformity_bodies.html"
    return render(request, f"reports/conformity/{template}", context)


def _heading(chapter: str) -> str:
    return f"{chapter} {CHAPTERS[chapter]}"
