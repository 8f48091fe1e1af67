"""Gather what the page of a paper shows beside its facts: the text, what changed in it, and the opinions."""

from typing import Any

from fsul_portal.papers.comparisons import paragraphs, side_by_side
from fsul_portal.papers.models import Paper

MOST_OPINIONS = 300


def beside(paper: Paper) -> dict[str, Any]:
    """Return the newest text by paragraphs, what differs from the edition before, and every opinion."""
    newest = list(paper.editions.select_related("written_by").order_by("-number")[:2])
    told: dict[str, Any] = {"edition": None, "text": [], "changed": []}
    if newest:
        told |= {"edition": newest[0], "text": paragraphs(newest[0].text)}
    if len(newest) > 1:
        rows = side_by_side(newest[1].text, newest[0].text)
        told["changed"] = [row for row in rows if row.has_changed]
    opinions = paper.consulted.select_related("given_by", "answered_by")
    return told | {"opinions": list(opinions[:MOST_OPINIONS])}
