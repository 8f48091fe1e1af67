"""Reckon who waits for whom, since when, and how long it takes on the median."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.utils import timezone

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Turn
from fsul_portal.grammar.words import Words

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Stretch:
    """One stage of one kind: how many wait, since when, how many are late, and the median of the answered ones."""

    kind: Words
    title: Words
    seat: Words
    waiting: int
    late: int
    oldest: datetime | None
    answered: int
    days: float | None


def stretches() -> list[Stretch]:
    """Return a line for each stage at which somebody waits or was answered within a year, in two queries."""
    today = timezone.localdate()
    waiting: dict[tuple[str, str], list[Turn]] = {}
    taken: dict[tuple[str, str], list[Turn]] = {}
    for turn in Turn.objects.open().order_by("opened_at"):
        waiting.setdefault((turn.kind, turn.key), []).append(turn)
    recent = Turn.objects.given().filter(given_at__gte=timezone.now() - LOOKED_BACK).order_by("-given_at")
    for turn in recent.defer("note"):
        taken.setdefault((turn.kind, turn.key), []).append(turn)
    return [_stretch(key, waiting.get(key, []), taken.get(key, []), today) for key in sorted({**waiting, **taken})]


def _stretch(key: tuple[str, str], waiting: list[Turn], taken: list[Turn], today: date) -> Stretch:
    newest = (waiting or taken)[0]
    lengths = [
        (turn.given_at - turn.opened_at) / timedelta(days=1) for turn in taken if turn.given_at and turn.opened_at
    ]
    kind = KINDS.get(key[0])
    return Stretch(
        kind=kind.title if kind else key[0],
        title=newest.title,
        seat=newest.seat,
        waiting=len(waiting),
        late=sum(turn.due_on is not None and turn.due_on < today for turn in waiting),
        oldest=waiting[0].opened_at if waiting else None,
        answered=len(taken),
        days=round(median(lengths), 1) if lengths else None,
    )
