"""Let a working group and a district meet, and plan the year of all bodies, through the same actions (6.2.1 b, 7.4)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from committee.agendas.actions import write_item
from committee.bodies.actions import let_districts_meet, plan
from committee.bodies.models import Body
from committee.bodies.people import invited, keepers
from committee.confirmations.actions import circulate, confirm
from committee.decisions.actions import note
from committee.meetings import actions
from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import asked_to_confirm, due_on_the_roll
from fsul_portal.calendar import add_working_days
from fsul_portal.users import User
from reports.demo.clock import at

YEAR = (
    ((3, 18), "总结上年工作，审议本年要点"),
    ((6, 17), "中期推进与数据质量"),
    ((11, 12), "年度总结与考评"),
)
OF_GROUP = "平台运行情况通报\n编码规则修订"
SAID = {
    "平台运行情况通报": "会议听取了本季度业务平台运行情况，故障已全部处理完毕。",
    "编码规则修订": "会议讨论了馆藏地代码的修订意见，原则同意。",
}


def meet(people: Mapping[str, User]) -> None:
    """Plan next year's meetings, hold one of a group and call one of a district."""
    let_districts_meet()
    lead, today = people["technical-lead"], timezone.localdate()
    group = Body.objects.get(kind="group", name="技术服务小组")
    district = Body.objects.get(kind="district", name="南海区")
    for body, by in ((Body.objects.committee(), people["office"]), (group, lead), (district, people["nanhai"])):
        plan(body, lines=[(date(today.year + 1, *day), subject) for day, subject in YEAR], by=by)
    _hold(Body.objects.get(pk=group.pk), lead, today)
    begins = timezone.make_aware(datetime.combine(add_working_days(today, 9).day, time(14, 30)))
    actions.call_meeting(
        body=Body.objects.get(pk=district.pk),
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place="南海区图书馆三楼会议室",
        agenda="月报数据质量\n春节期间开放安排",
        by=people["nanhai-reviewer"],
    )


def _workday(day: date) -> date:
    """Return the working day itself, or the one after a weekend or holiday."""
    return add_working_days(day - timedelta(days=1), 1).day


def _hold(body: Body, lead: User, today: date) -> None:
    """Let somebody of the group write the minutes which its lead signs; with nobody beside him it has not met yet."""
    writer = keepers(body).exclude(pk=lead.pk).first()
    if writer is None:
        return
    begins = timezone.make_aware(datetime.combine(_workday(today - timedelta(days=20)), time(10)))
    with at(begins - timedelta(days=7)):
        meeting = actions.call_meeting(body=body, starts_at=begins, place="中心馆技术部", agenda=OF_GROUP, by=writer)
    with at(begins + timedelta(hours=2)):
        known = {person.pk: person for person in invited(body)}
        rows = [row | {"presence": "present", "person": known[row["person"]]} for row in due_on_the_roll(body)]
        actions.sign_roll(actions.write_roll(meeting, rows, by=writer), by=writer)
        for item in meeting.items.order_by("sort"):
            write_item(item, SAID[item.title], by=writer)
            if item.title == "编码规则修订":
                note(
                    item, title="馆藏地代码修订", text="馆藏地代码按修订意见执行，由技术服务小组发布代码表。", by=writer
                )
        circulate(Meeting.objects.get(pk=meeting.pk), by=writer)
    with at(begins + timedelta(days=1)):
        for key in asked_to_confirm(Meeting.objects.get(pk=meeting.pk)):
            confirm(meeting, by=known[key], agrees=True)
        actions.sign_minutes(Meeting.objects.get(pk=meeting.pk), by=lead)
