"""Bring a meeting into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.confirmations.actions import circulate
from committee.meetings import actions
from committee.meetings.verbs import ACTS
from tests.minutes import confirmed, signed

__all__ = ["ACTS"]

ROLL = [{"name": "梁主任", "unit": "", "position": "", "presence": "present"}]
RIGHTS = {
    "agenda": {"office"},
    "agenda-send": {"office"},
    "roll": {"office"},
    "roll-sign": {"office", "chair"},
    "revise": {"office"},
    "cancel": {"office"},
    "minutes": {"office"},
    "minutes-circulate": {"office"},
    "minutes-call-back": {"office"},
    "minutes-confirm": {"committee"},
    "minutes-sign": {"chair"},
    "addendum": {"office"},
}


def call(cast, days):
    starts_at = timezone.now() + timedelta(days=days)
    return actions.call_meeting(kind="joint", starts_at=starts_at, place="会议室", by=cast["office"])


def things(cast):
    return {"meeting": call(cast, 5).pk}


def situations(cast):
    """Yield (situation, meeting) for each situation of a meeting."""
    office, chair = cast["office"], cast["chair"]
    unsaid = [*ROLL, ROLL[0] | {"name": "黄", "presence": ""}]
    yield "to come", call(cast, 5)
    yield "over, no roll", call(cast, -1)
    yield "over, roll unsaid", actions.write_roll(call(cast, -1), unsaid, by=office)
    yield "over, roll written", actions.write_roll(call(cast, -1), ROLL, by=office)

    def hold():
        roll = [*ROLL, ROLL[0] | {"name": "黄委员", "person": cast["committee"]}]
        return actions.sign_roll(actions.write_roll(call(cast, -1), roll, by=office), by=office)

    yield "held, no minutes", hold()
    yield "held, minutes written", actions.write_minutes(hold(), "纪要", by=office)
    yield "circulated", circulate(actions.write_minutes(hold(), "纪要", by=office), by=office)
    yield "confirmed", confirmed(actions.write_minutes(hold(), "纪要", by=office), office)
    yield "minuted", signed(actions.write_minutes(hold(), "纪要", by=office), office=office, chair=chair)
    yield "cancelled", actions.cancel_meeting(call(cast, 5), by=office, reason="台风")
