"""Lay the agenda of a meeting out, write the minutes of its items, and answer what is proposed (6.2.1 b)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.agendas.lines import Line
from committee.agendas.models import ITEMS_AT_MOST, Item
from committee.agendas.rules import (
    may_change_item,
    may_lay_out,
    may_put_back,
    may_take_off,
    may_write_item,
)
from committee.meetings.models import Meeting
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.records.lately import is_news
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require


@transaction.atomic
def lay_out(meeting: Meeting, lines: Sequence[Line], *, by: User) -> list[Item]:
    """Put items at the end of an agenda, in their order; one record for all of them."""
    meeting = _hold(meeting)
    require(may_lay_out(by, meeting))
    return put_items(meeting, lines, by=by)


def put_items(meeting: Meeting, lines: Sequence[Line], *, by: User) -> list[Item]:
    """Put items at the end of the agenda of a meeting that the caller holds and may change."""
    _require_room(meeting, len(lines))
    sort, above, items = _last(meeting), None, []
    for line in lines:
        sort += 1
        item = Item(meeting=meeting, sort=sort, title=line.title, length=line.length, started_by=by)
        item.above = above if line.is_below else None
        item.save()
        above = above if line.is_below else item
        items.append(item)
    if items:
        record(meeting, "agenda laid out", by=by, after={"agenda": [item.title for item in items]})
    return items


@transaction.atomic
def change_item(
    item: Item,
    *,
    title: str,
    by: User,
    place: int,
    above: Item | None = None,
    length: int | None = None,
    speaker: str = "",
    reason: str = "",
    version: int | None = None,
) -> Item:
    """Change what an item says and where it stands; place: 1 is the first among those of the same level."""
    meeting = _hold(item.meeting)
    item = claim(item, may_change_item, by=by, version=version)
    facts: dict[str, Any] = {"title": title, "above": above, "length": length, "speaker": speaker, "reason": reason}
    item = step(item, "item changed", by=by, **facts)
    _place(meeting, item, place)
    return item


@transaction.atomic
def take_off(item: Item, *, by: User, version: int | None = None, note: str = "") -> Item:
    """Take an item off the agenda; it can be put back."""
    item = claim(item, may_take_off, by=by, version=version)
    return step(item, "item taken off", to=Item.State.OFF, by=by, note=note)


@transaction.atomic
def put_back(item: Item, *, by: User, version: int | None = None) -> Item:
    """Put an item back on the agenda."""
    item = claim(item, may_put_back, by=by, version=version)
    return step(item, "item put back", to=Item.State.OPEN, by=by)


@transaction.atomic
def write_item(item: Item, text: str, *, by: User, outcome: str = Item.State.DEALT, version: int | None = None) -> Item:
    """Write what the minutes say of one item; nobody overwrites what he has not seen, and others write beside him."""
    item = claim(item, may_write_item, by=by, version=version)
    if text == item.text and outcome == item.state:
        return item
    return step(item, "item written", to=outcome if outcome != item.state else "", pair="written", by=by, text=text)


@transaction.atomic
def keep_text(item: Item, text: str, *, by: User, version: int | None = None) -> Item:
    """Save what somebody is writing of an item; what became of it is said with the button (6.2.1 b).

    One record an hour says who writes, with the text from before: a record each second would hide all others.
    """
    item = claim(item, may_write_item, by=by, version=version)
    if text == item.text:
        return item
    before = item.text
    item.text, item.written_at, item.written_by, item.version = text, timezone.now(), by, item.version + 1
    item.save(update_fields=["text", "written_at", "written_by", "version"])
    if is_news(item, "item written", by):
        record(item, "item written", by=by, before={"text": before}, after={"text": text})
    return item


def carry_over(meeting: Meeting, *, by: User) -> int:
    """Carry over what the minutes say nothing of; part of signing them. Return how many.

    What stands under an item that was dealt with was dealt with, and so was an item whose parts all were.
    """
    left = 0
    items = list(meeting.items.select_related("above").order_by(F("above").desc(nulls_last=True), "sort"))
    for item in [one for one in items if one.state == Item.State.OPEN]:
        below = [one for one in items if one.above_id == item.pk and one.state != Item.State.OFF]
        if (item.above and item.above.state == Item.State.DEALT) or (below and all(one.is_dealt for one in below)):
            step(item, "item dealt", to=Item.State.DEALT, by=by)
        else:
            step(item, "item carried over", to=Item.State.LEFT, by=by)
            left += 1
    return left


@transaction.atomic
def put_last(meeting: Meeting, *, title: str, reason: str, by: User) -> Item:
    """Put one item at the end of an agenda."""
    meeting = _hold(meeting)
    require(may_lay_out(by, meeting))
    _require_room(meeting, 1)
    item = begin(Item(meeting=meeting, sort=_last(meeting) + 1, title=title, reason=reason), "item put on", by=by)
    record(meeting, "agenda laid out", by=by, after={"agenda": [item.title]})
    return item


def _require_room(meeting: Meeting, count: int) -> None:
    if meeting.items.count() + count > ITEMS_AT_MOST:
        raise Unready([Fault("lines", _("An agenda holds at most %(most)s items.") % {"most": ITEMS_AT_MOST})])


def _hold(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("sort"))["last"] or 0


def _place(meeting: Meeting, item: Item, place: int) -> None:
    """Number the items of a meeting anew, with this one at its place among those beside it."""
    items = list(meeting.items.exclude(pk=item.pk).order_by("sort", "pk"))
    beside = [one for one in items if one.above_id == item.above_id]
    if place <= len(beside):
        items.insert(items.index(beside[max(place, 1) - 1]), item)
    else:
        items.append(item)
    for sort, one in enumerate(items, start=1):
        if one.sort != sort:
            one.sort = sort
            one.save(update_fields=["sort"])
