"""Time the rooms of the committee after ten busy years: 2,000 meetings, 2,000 decisions, 50,000 tasks, 100,000 notices.

The rows are made in bulk; what is timed reads them through the pages, the reminders and the press.
"""

import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.explorer import prompt
from bench.memory import beside
from bench.stage import set_up
from committee.agendas.models import Item
from committee.bodies.actions import let_districts_meet
from committee.bodies.kinds import KINDS
from committee.bodies.models import Body
from committee.decisions.models import Decision
from committee.meetings.models import Meeting, RollEntry
from committee.proposals.suggestions import gather
from fsul_portal.assignments.models import Assignment
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import remind
from ops.limits import Ratio, ratio
from ops.places import say

YEARS, MEETINGS_A_YEAR, TASKS, NOTICES = 10, 200, 50_000, 100_000
DECISIONS = YEARS * MEETINGS_A_YEAR
ITEMS_A_MEETING = 5
# So many tasks of a hundred are still to be done, half of them late.
OPEN_OF_A_HUNDRED = 1
# The others are those of groups and districts; so many have about two hundred pages of minutes.
OF_COMMITTEE = 28
REMINDED_WITHIN, BOUND_WITHIN, BOUND_IN_MB = 10.0, 60.0, 300
TEXT = "会议听取了统筹管理小组关于本项工作的汇报，经讨论，会议认为应按计划推进，并由各区总馆于期限内报送进展。" * 6


def run() -> Iterator[Ratio]:
    if connection.vendor != "postgresql":
        say("The rooms of the committee are measured on PostgreSQL; `make bench` starts one.")
        return
    people = set_up(400)
    started = time.perf_counter()
    fill(people)
    say(f"{DECISIONS:,} meetings and decisions, {TASKS:,} tasks: made in {time.perf_counter() - started:.0f} s")
    client = Client(SERVER_NAME="localhost")
    client.force_login(people["office"], backend="django.contrib.auth.backends.ModelBackend")
    meeting, decision = Meeting.objects.order_by("pk")[100], Decision.objects.order_by("pk")[100]
    for name, path in {
        "list of the meetings": "/committee/?tab=all",
        "meetings that a word finds": "/committee/?tab=all&words=%E7%AC%AC100%E6%AC%A1",
        "page of a meeting": meeting.get_absolute_url(),
        "list of decisions": "/committee/decisions/",
        "page of a decision": decision.get_absolute_url(),
        "follow-up of decisions": "/committee/follow-up/",
        "items of all agendas": "/committee/items/",
        "proposals": "/committee/proposals/",
        "first page": "/",
        "my tasks": "/tasks/",
        "notices": "/notices/",
        "search over everything": "/search/?q=%E7%9D%A3%E5%8A%9E",
    }.items():
        yield prompt(f"{name}, ten years of meetings", client, path)
    yield reminded()
    yield from bound()


def reminded() -> Ratio:
    """Return the time of the daily reminders, and of what proposes itself for an agenda."""
    started = time.perf_counter()
    told = len(remind(timezone.localdate()))
    found = len(gather())
    taken = time.perf_counter() - started
    return ratio(
        f"daily reminders of ten years ({told:,} told, {found:,} proposed), against {REMINDED_WITHIN:.0f} s",
        f"{taken:.1f} s",
        taken / REMINDED_WITHIN,
        1.0,
    )


def bound() -> Iterator[Ratio]:
    """Tell the time of binding the minutes of a body's year in a process of its own, and the most that it held."""
    taken, peak, pages, size = beside("bench.volumes", str(timezone.localdate().year - 1))
    name = f"minutes of a year as one volume of {pages:.0f} pages"
    yield ratio(f"{name}, against {BOUND_WITHIN:.0f} s", f"{taken:.1f} s", taken / BOUND_WITHIN, 1.0)
    told = f"{peak:.0f} MB; the file has {size:.1f} MB"
    yield ratio(f"{name}, peak memory against {BOUND_IN_MB} MB", told, peak / BOUND_IN_MB, 1.0)


def fill(people: dict[str, Any]) -> None:
    """Make ten years of meetings with their items, rolls, decisions, tasks and notices."""
    dice, office = random.Random(7), people["office"]
    meetings = Meeting.objects.bulk_create(list(_meetings(office, people["chair"])), batch_size=2000)
    Item.objects.bulk_create(
        [
            Item(meeting=meeting, sort=sort, title=f"研究督办事项{sort}", text=TEXT, state="dealt", started_by=office)
            for meeting in meetings
            for sort in range(1, ITEMS_A_MEETING + 1)
        ],
        batch_size=2000,
    )
    RollEntry.objects.bulk_create(
        [
            RollEntry(meeting=meeting, name=f"委员{number}", unit=f"单位{number}", presence="present")
            for meeting in meetings
            for number in range(7)
        ],
        batch_size=5000,
    )
    _follow_up(dice, people, _decisions(meetings, office))
    _tell(dice, list(people.values()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _decisions(meetings: list[Meeting], office: Any) -> list[Decision]:
    return Decision.objects.bulk_create(
        [
            Decision(
                meeting=meeting,
                number=f"FSUL-JY-{meeting.year}-{meeting.number:03}",
                title=f"关于第{meeting.number}号督办事项的决定",
                text="同意。",
                state="in_force",
                is_quorate=True,
                due=7,
                there=7,
                decided_on=timezone.localdate(meeting.starts_at),
                started_by=office,
            )
            for meeting in meetings
        ],
        batch_size=2000,
    )


def _follow_up(dice: random.Random, people: dict[str, Any], decisions: list[Decision]) -> None:
    lead, office = people["coordination-lead"], people["office"]
    kind, today = ContentType.objects.get_for_model(Decision), timezone.localdate()
    tasks = [_task(dice, kind, dice.choice(decisions), today, lead, office) for __ in range(TASKS)]
    Assignment.objects.bulk_create(tasks, batch_size=5000)


def _tell(dice: random.Random, everybody: list[Any]) -> None:
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=everybody[number % len(everybody)],
                key=f"bench:{number}",
                kind="task",
                subject=f"督办事项{number}",
                written_at=timezone.now() - timedelta(days=dice.randint(0, 3650)),
                read_at=timezone.now(),
            )
            for number in range(NOTICES)
        ],
        batch_size=5000,
    )


def _meetings(office: Any, chair: Any) -> Iterator[Meeting]:
    let_districts_meet()
    committee, *others = Body.objects.order_by("kind", "pk")
    assert committee.is_committee
    this_year = timezone.localdate().year
    for year in range(this_year - YEARS, this_year):
        for number in range(1, MEETINGS_A_YEAR + 1):
            body = committee if number <= OF_COMMITTEE else others[number % len(others)]
            begins = timezone.make_aware(datetime(year, 1, 1, 9) + timedelta(days=number))
            yield Meeting(
                body=body,
                kind=KINDS[body.kind].meeting or "joint",
                year=year,
                number=number,
                title=f"{year}年第{number}次会议",
                starts_at=begins,
                place="会议室",
                state="minuted",
                called_by=office,
                form_token=f"bench-{year}-{number}",
                is_quorate=True,
                roll_signed_at=begins,
                roll_signed_by=office,
                minutes_written_at=begins,
                minutes_written_by=office,
                minutes_final_at=begins,
                minutes_final_by=chair,
            )


def _task(
    dice: random.Random, kind: ContentType, decision: Decision, today: date, person: Any, office: Any
) -> Assignment:
    is_open = dice.randrange(100) < OPEN_OF_A_HUNDRED
    due_on = today + timedelta(days=dice.randint(-30, 30) if is_open else -dice.randint(1, 3650))
    return Assignment(
        content_type=kind,
        object_id=decision.pk,
        title=f"督办事项{dice.randint(1, 9999)}",
        person=person,
        due_on=due_on,
        state="open" if is_open else "done",
        done_at=None if is_open else timezone.now(),
        done_by=None if is_open else person,
        assigned_by=office,
    )
