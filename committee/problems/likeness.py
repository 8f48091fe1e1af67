"""Find problems that are like one: of the same library and kind, or in like words (6.1 f)."""

from datetime import timedelta
from typing import Any

from committee.problems.models import Problem
from fsul_portal.finding.pinyin import plain
from fsul_portal.users import User

LOOKED_BACK = timedelta(days=730)
ALIKE, MOST_COMPARED, MOST_SHOWN = 0.5, 2000, 10


def pairs_of(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, without blanks and signs."""
    signs = "".join(sign for sign in plain(text) if sign.isalnum())
    return {signs[place : place + 2] for place in range(len(signs) - 1)} or {signs}


def likeness(first: str, second: str) -> float:
    """Return how many of the pairs of both two texts share, from 0 to 1."""
    one, other = pairs_of(first), pairs_of(second)
    return len(one & other) / len(one | other)


def like(problem: Problem, user: User) -> list[Any]:
    """Return the problems of two years that are like this one, as far as the reader may see them; the likest first."""
    since = problem.started_at - LOOKED_BACK
    others = Problem.objects.visible_to(user).exclude(pk=problem.pk).filter(started_at__gte=since)
    rows = others.order_by("-started_at").values_list("pk", "title", "kind", "library")[:MOST_COMPARED]
    found = {}
    for pk, title, kind, library in rows:
        score = likeness(problem.title, title)
        same = problem.library_id is not None and (kind, library) == (problem.kind, problem.library_id)
        if same or score >= ALIKE:
            found[pk] = score + same
    best = sorted(found, key=lambda pk: (-found[pk], -pk))[:MOST_SHOWN]
    known = Problem.objects.for_lists().in_bulk(best)
    return [known[pk] for pk in best]
