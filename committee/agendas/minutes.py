"""Gather the minutes of a meeting: what was said of each item, and what was decided at it (6.2.1 b)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from committee.agendas.numbering import Numbered, numbered
from committee.decisions.models import Decision
from committee.meetings.models import Meeting


@dataclass(frozen=True)
class Said:
    """An item of the agenda with what was decided at it."""

    one: Numbered
    decisions: Sequence[Decision]

    @property
    def is_spoken_of(self) -> bool:
        return bool(self.one.item.text.strip() or self.decisions)


def minutes_of(meeting: Meeting) -> list[Said]:
    """Return every standing item of a meeting in its place, with its decisions; two queries."""
    decided: dict[int | None, list[Decision]] = defaultdict(list)
    standing = Decision.objects.filter(meeting=meeting).exclude(state=Decision.State.STRUCK)
    # Before it is held nothing has been decided there.
    for decision in standing.order_by("pk") if meeting.roll_signed_at else ():
        decided[decision.item_id].append(decision)
    return [Said(one, decided[one.item.pk]) for one in numbered(meeting)]
