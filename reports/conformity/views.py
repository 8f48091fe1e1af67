"""Show what holds each duty of the standard today."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_safe

from fsul_portal.grammar.evidence import Standing
from fsul_portal.standard import CHAPTERS
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
    context = {"chapters": chapters, "counts": counts, "total": len(rows)}
    return render(request, "reports/conformity/conformity_list.html", context)
