"""Number the items of an agenda as people read them: 1, 1.1, 1.2, 2 (6.2.1 b)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from committee.agendas.models import Item
from committee.meetings.models import Meeting


@dataclass(frozen=True)
class Numbered:
    """An item in its place. begins_at: when its turn comes, as long as all before it have a time."""

    item: Item
    number: str
    is_below: bool
    begins_at: datetime | None


def numbered(meeting: Meeting, items: Sequence[Item] | None = None) -> list[Numbered]:
    """Return the standing items of a meeting in their order, those below an item behind it; one query."""
    rows = list(Item.objects.standing().filter(meeting=meeting)) if items is None else list(items)
    known = {item.pk for item in rows}
    tops = [item for item in rows if item.above_id not in known]
    found: list[Numbered] = []
    begins: datetime | None = meeting.starts_at
    for place, top in enumerate(tops, start=1):
        below = [item for item in rows if item.above_id == top.pk]
        found.append(Numbered(top, str(place), False, begins))
        begins = _after(begins, top) if top.length or not below else begins
        for within, item in enumerate(below, start=1):
            found.append(Numbered(item, f"{place}.{within}", True, None if top.length else begins))
            begins = begins if top.length else _after(begins, item)
    return found


def _after(begins: datetime | None, item: Item) -> datetime | None:
    return begins + timedelta(minutes=item.length) if begins and item.length else None


def agenda_lines(meeting: Meeting) -> list[str]:
    """Return the agenda as lines of a letter."""
    return [f"{one.number}. {one.item.title}" for one in numbered(meeting)]
