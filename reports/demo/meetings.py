"""Hold the demo's meetings: agenda, roll, minutes by item, decisions with what follows from them (6.2.1 b, 7.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from committee.agendas.actions import change_item, write_item
from committee.agendas.models import Item
from committee.confirmations.actions import circulate, confirm
from committee.decisions.actions import ask_in_writing, give_task, note, tell_effect, vote
from committee.decisions.models import Ballot, Decision
from committee.meetings import actions
from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import asked_to_confirm, due_on_the_roll
from committee.proposals.actions import propose
from committee.proposals.suggestions import gather
from fsul_portal.assignments.actions import check, mark_done
from fsul_portal.assignments.models import Assignment
from members.divisions.models import Division
from members.people.models import User
from reports.demo.clock import at

PLACE = "佛山市中心图书馆二楼会议室（演示）"


@dataclass(frozen=True)
class Topic:
    """An item of an invented meeting: who speaks, what the minutes say, what is decided and who does it in how long."""

    title: str
    speaker: str = ""
    text: str = ""
    decision: str = ""
    clause: str = ""
    task: str = ""
    days: int = 20
    district: str = ""
    effect: str = ""
    by_vote: bool = False
    below: tuple[str, ...] = field(default=())


SPRING = (
    Topic(
        "通报上年度联合图书馆体系运行情况",
        "统筹管理小组",
        "会议听取了统筹管理小组关于上年度体系运行情况的通报，认为各区总馆按月报送的及时率逐步提高，个别基层服务点仍有缺报。",
    ),
    Topic(
        "审议上年度业务年报",
        "统筹管理小组",
        "会议审议了上年度业务年报送审稿，认为年报数据完整、口径一致，缺报名单应附在正文之后。",
        decision="原则同意上年度业务年报，由统筹管理小组按会议意见修改后发布。",
        clause="6.1 d",
        task="修改并发布上年度业务年报",
        days=20,
        effect="上年度业务年报已修改发布。",
        by_vote=True,
    ),
    Topic(
        "研究本年度重点任务",
        "中心馆",
        "会议研究了本年度重点任务，认为应优先解决镇街分馆服务薄弱的问题。",
        decision="各区总馆于六月底前完成所属分馆、基层服务点基础信息核对。",
        clause="6.2.1 e",
        task="核对所属分馆、基层服务点基础信息",
        days=60,
        district="440605",
        below=("镇街分馆服务提升", "图书跨馆物流线路优化"),
    ),
)
AUTUMN = (
    Topic(
        "通报年度任务进展",
        "统筹管理小组",
        "会议听取了统筹管理小组关于年度任务进展的通报，认为总体进展符合计划。",
    ),
    Topic(
        "审议成员馆考评工作安排",
        "统筹管理小组",
        "会议审议了成员馆考评工作安排，认为评分应以平台数据为主、自评材料为辅。",
        decision="同意成员馆考评工作安排，自评于次年二月开始。",
        clause="6.1 e",
        task="印发成员馆考评工作通知",
        days=15,
        effect="考评工作通知已印发至各区总馆。",
    ),
    Topic("研究数字资源联合采购"),
)


def hold(people: Mapping[str, User], starts_at: datetime, topics: Sequence[Topic], *, is_done: bool = True) -> Meeting:
    """Hold a meeting on its day, with the clock of that day, and follow its decisions up; is_done: the tasks too."""
    office, chair = people["office"], people["chair"]
    with at(starts_at - timedelta(days=14)):
        meeting = _call(people, starts_at, topics)
    with at(starts_at + timedelta(hours=3)):
        rows = [
            row | {"presence": "present", "person": _person(row["person"])} for row in due_on_the_roll(meeting.body)
        ]
        actions.sign_roll(actions.write_roll(meeting, rows, by=office), by=office)
        for item, topic in _pairs(meeting, topics):
            if topic.text:
                write_item(item, topic.text, by=office)
            if topic.decision:
                _decide(item, topic, people)
        circulate(meeting, by=office)
    with at(starts_at + timedelta(days=1)):
        for person in User.objects.filter(pk__in=asked_to_confirm(meeting)):
            confirm(meeting, by=person, agrees=True)
        meeting = actions.sign_minutes(meeting, by=chair)
    if is_done:
        with at(starts_at + timedelta(days=10)):
            _carry_out(meeting, topics, people)
    return meeting


def call(people: Mapping[str, User], starts_at: datetime) -> Meeting:
    """Call the meeting that is to come, with an agenda so far and what people propose for it."""
    meeting = _call(people, starts_at, AUTUMN)
    propose(
        title="统一全市读者证押金政策",
        reason="各区做法不一，读者跨区办证时咨询较多，建议专委会议定统一口径。",
        by=people["committee"],
        clause="6.1 a",
    )
    decision = ask_in_writing(
        title="同意启用新版联络群规则",
        text="自下月起各级联络群按新版规则管理，群内咨询四十八小时内答复。",
        closes_on=timezone.localdate() + timedelta(days=5),
        by=people["office"],
        clause="7.3",
    )
    vote(decision, choice=Ballot.Choice.FOR, by=people["committee"])
    gather()
    return meeting


def _call(people: Mapping[str, User], starts_at: datetime, topics: Sequence[Topic]) -> Meeting:
    lines = [line for topic in topics for line in (topic.title, *(f" {one}" for one in topic.below))]
    meeting = actions.call_meeting(
        kind=Meeting.Kind.JOINT, starts_at=starts_at, place=PLACE, by=people["office"], agenda="\n".join(lines)
    )
    for number, (item, topic) in enumerate(_pairs(meeting, topics), start=1):
        change_item(
            item, title=item.title, by=people["office"], place=number, length=20, speaker=topic.speaker, reason=""
        )
    return meeting


def _pairs(meeting: Meeting, topics: Sequence[Topic]) -> list[tuple[Item, Topic]]:
    tops = Item.objects.filter(meeting=meeting, above__isnull=True).order_by("sort")
    return list(zip(tops, topics, strict=True))


def _person(key: int) -> User | None:
    return User.objects.filter(pk=key).first()


def _decide(item: Item, topic: Topic, people: Mapping[str, User]) -> Decision:
    office = people["office"]
    voting = item.meeting.roll.filter(votes=True)
    names = {entry.pk: Ballot.Choice.FOR for entry in voting} if topic.by_vote else None
    method = Decision.Method.VOTE if topic.by_vote else Decision.Method.CONSENT
    facts: dict[str, Any] = {"title": topic.title, "text": topic.decision, "clause": topic.clause, "method": method}
    decision = note(item, **facts, names=names, by=office)
    if topic.task:
        district = Division.objects.filter(code=topic.district).first()
        to = None if district else people["coordination-lead"]
        helpers = "所属分馆" if district else "各区总馆"
        give_task(decision, title=topic.task, to=to, district=district, days=topic.days, helpers=helpers, by=office)
    return decision


def _carry_out(meeting: Meeting, topics: Sequence[Topic], people: Mapping[str, User]) -> None:
    effects = {topic.title: topic.effect for topic in topics if topic.effect}
    for decision in Decision.objects.filter(meeting=meeting, state=Decision.State.IN_FORCE):
        if effect := effects.get(decision.title):
            for task in Assignment.objects.of(decision).filter(state=Assignment.State.OPEN):
                done = mark_done(task, by=people["coordination-lead"], note=effect)
                check(done, by=people["office"])
            tell_effect(decision, effect=effect, by=people["office"])
