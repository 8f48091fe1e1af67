"""Bring the bodies that meet into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.bodies import actions
from committee.bodies.actions import let_meet
from committee.bodies.models import Body
from committee.bodies.register import ACTS
from committee.meetings import actions as meetings
from members.divisions.models import Division
from tests.minutes import signed

__all__ = ["ACTS"]

RIGHTS = {"plan": {"office"}, "quorum": {"office"}, "feed": {"office"}, "volume": {"office"}}


def nanhai():
    place = Division.objects.get(code="440605")
    return let_meet("district", place, name=place.name, name_en=place.name_en)


def things(cast):
    return {"body": Body.objects.committee().pk}


def with_minutes(cast):
    """Let the committee have held a meeting."""
    starts_at = timezone.now() - timedelta(days=1)
    meeting = meetings.call_meeting(kind="joint", starts_at=starts_at, place="会议室", by=cast["office"])
    row = {"name": "梁主任", "unit": "", "position": "", "presence": "present"}
    meeting = meetings.sign_roll(meetings.write_roll(meeting, [row], by=cast["office"]), by=cast["office"])
    return signed(
        meetings.write_minutes(meeting, "纪要", by=cast["office"]), office=cast["office"], chair=cast["chair"]
    )


def situations(cast):
    """Yield (situation, body); whoever keeps another body is told in the tests of this room."""
    yield "of the committee, before its first meeting", Body.objects.committee()
    with_minutes(cast)
    yield "of the committee", Body.objects.committee()
    day = timezone.localdate() + timedelta(days=40)
    yield "planned", actions.plan(Body.objects.committee(), lines=[(day, "年度计划")], by=cast["office"])
