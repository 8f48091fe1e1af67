"""Seat the committee: a secretary, a chair, and meetings in every state."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from committee.meetings import actions
from committee.meetings.models import Meeting
from fsul_portal.access.actions import grant
from tests.english import in_english
from tests.hands import many_hands
from tests.minutes import signed

__all__ = ["in_english", "many_hands"]

TODAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
ROLL = [
    {"name": "梁主任", "unit": "佛山市中心图书馆（演示）", "position": "主任委员", "presence": "present"},
    {"name": "黄委员", "unit": "顺德区总馆（演示）", "position": "委员", "presence": "excused"},
]
MINUTES = "会议议定：年度报告由统筹管理小组于五月底前发布。"


@pytest.fixture(autouse=True)
def a_day_in_november(in_english):
    """Let the tests run on one day: on the first of January "yesterday" would lie in another year."""
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def office(person):
    return person("office")


@pytest.fixture
def chair(person):
    return person("chair")


@pytest.fixture
def second_secretary(person, cast):
    """Another secretary beside the one of the cast."""
    grant("secretary", to=person("central"))
    return person("central")


@pytest.fixture
def meeting_in(cast, office, chair):
    """Bring a meeting into a state through the actions: `meeting_in("held")`; yesterday, unless told otherwise."""

    def bring(state, starts_at=None):
        starts_at = starts_at or timezone.now() - timedelta(days=1)
        meeting = actions.call_meeting(
            kind=Meeting.Kind.JOINT, starts_at=starts_at, place="五楼会议室", agenda="审议年报\n讨论考评", by=office
        )
        if state == "cancelled":
            return actions.cancel_meeting(meeting, by=office, reason="台风")
        if state in ("held", "minuted"):
            actions.write_roll(meeting, ROLL, by=office)
            meeting = actions.sign_roll(meeting, by=office)
        if state == "minuted":
            actions.write_minutes(meeting, MINUTES, by=office)
            meeting = signed(meeting, office=office, chair=chair)
        return meeting

    return bring
