"""Bring items of agendas into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.agendas import actions
from committee.agendas.models import Item
from committee.agendas.register import ACTS
from committee.confirmations.actions import circulate
from committee.meetings import actions as meetings
from tests.minutes import signed

__all__ = ["ACTS"]

ROLL = [
    {"name": "梁主任", "unit": "中心馆", "position": "", "presence": "present"},
    {"name": "黄委员", "unit": "顺德区总馆", "position": "", "presence": "present"},
]
AGENDA = "审议年报\n 年报大纲\n讨论考评"
RIGHTS = {verb: {"office"} for verb in ("write", "decide", "change", "take-off", "put-back")}


def call(cast, days=5, agenda=AGENDA):
    starts_at = timezone.now() + timedelta(days=days)
    return meetings.call_meeting(kind="joint", starts_at=starts_at, place="会议室", by=cast["office"], agenda=agenda)


def hold(cast, agenda=AGENDA, roll=ROLL):
    office = cast["office"]
    return meetings.sign_roll(meetings.write_roll(call(cast, -1, agenda), roll, by=office), by=office)


def last(meeting):
    return Item.objects.filter(meeting=meeting, above__isnull=True).order_by("sort").last()


def written(cast, **options):
    return actions.write_item(last(hold(cast, **options)), "会议讨论了考评。", by=cast["office"])


def things(cast):
    return {"item": last(call(cast)).pk}


def situations(cast):
    """Yield (situation, item) for each situation of an item."""
    office, chair = cast["office"], cast["chair"]
    item = last(call(cast))
    yield "to come", actions.change_item(item, title=item.title, place=2, reason="各区做法不一", by=office)
    yield "to come, with items below", Item.objects.filter(meeting=call(cast)).order_by("sort").first()
    yield "taken off", actions.take_off(last(call(cast)), by=office, note="另议")
    yield "held, not written", last(hold(cast))
    yield "held, written", written(cast)
    item = written(cast)
    circulate(item.meeting, by=office)
    yield "being confirmed", Item.objects.get(pk=item.pk)
    item = written(cast)
    signed(item.meeting, office=office, chair=chair)
    yield "minutes signed", Item.objects.get(pk=item.pk)
    item = last(call(cast))
    meetings.cancel_meeting(item.meeting, by=office, reason="台风")
    yield "meeting cancelled", Item.objects.get(pk=item.pk)
