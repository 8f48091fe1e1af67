"""Let the committee meet: proposal, invitation, roll, minutes by two hands, decision, task, next agenda (6.2.1 b)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committee.agendas.models import Item
from committee.decisions.models import Decision
from committee.meetings.models import Meeting
from committee.proposals.suggestions import gather
from fsul_portal.access.actions import grant
from fsul_portal.assignments.models import Assignment

pytestmark = [pytest.mark.clause("6.2.1 b"), pytest.mark.clause("7.1")]


def send(page, field="version"):
    """Send the form of the page as it is."""
    page.click(f"main form:has([name={field}]) button[type=submit]:not([name])")
    page.wait_for_load_state()


def press(page, thing, name):
    """Go to the page of a thing and press its act of this name."""
    page.goto(thing.get_absolute_url())
    page.click(f"aside a:has-text('{name}')")
    page.wait_for_load_state()


def call(office):
    begins = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT09:30")
    office.goto("/committee/meetings/call/")
    office.fill("main [name=starts_at]", begins)
    office.fill("main [name=place]", "五楼会议室")
    office.fill("main [name=agenda]", "一、审议业务年报（20分钟）\n  年报大纲\n二、研究重点任务")
    send(office, "starts_at")
    return Meeting.objects.get()


def item(title):
    return Item.objects.get(title=title)


def test_a_meeting_from_a_proposal_to_a_task_that_comes_back(seat, cast):
    member, office, chair = seat("committee"), seat("office"), seat("chair")
    member.goto("/committee/proposals/new/")
    member.fill("main [name=title]", "统一押金政策")
    member.fill("main [name=reason]", "各区做法不一")
    send(member, "reason")
    meeting = call(office)
    assert [line.strip() for line in office.locator("#agenda tbody th").all_text_contents()] == [
        "审议业务年报",
        "年报大纲",
        "研究重点任务",
    ]
    office.goto("/committee/proposals/")
    office.click("main a:has-text('统一押金政策')")
    office.click("aside a:has-text('列入会议议程')")
    send(office)
    press(office, meeting, "发送议程")
    send(office)

    # Two days later.
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=3))
    press(office, meeting, "登记签到表")
    for line in range(3):
        office.select_option(f"[name=roll-{line}-presence]", "present")
    office.click("main button:has-text('保存签到表')")
    office.wait_for_load_state()
    press(office, meeting, "签认签到表")
    assert "达到法定人数" in office.text_content("main")
    send(office)

    # The first item is written by two, and the second of them sees both texts.
    grant("secretary", to=cast["central"])
    second = seat("central")
    press(office, item("审议业务年报"), "撰写本议题纪要")
    press(second, item("审议业务年报"), "撰写本议题纪要")
    office.fill("main [name=text]", "会议审议了业务年报，认为数据完整。")
    send(office)
    second.fill("main [name=text]", "会议审议了业务年报，认为口径一致。")
    send(second)
    shown = second.text_content("main")
    assert ("认为数据完整" in shown, "当前已保存的内容" in shown) == (True, True)
    assert "认为口径一致" in second.input_value("main [name=text]")

    press(office, item("审议业务年报"), "登记议定事项")
    office.fill("main [name=text]", "原则同意业务年报。")
    office.select_option("main [name=method]", "vote")
    for name, count in (("votes_for", "2"), ("votes_against", "0"), ("abstained", "0")):
        office.fill(f"main [name={name}]", count)
    send(office)
    decision = Decision.objects.get()
    press(office, decision, "交办落实")
    office.fill("main [name=to]", "coordination-lead")
    office.fill("main [name=helpers]", "各区总馆")
    office.fill("main [name=days]", "5")
    send(office)
    press(office, meeting, "送委员确认纪要")
    send(office)

    chair.goto(meeting.get_absolute_url())
    assert "还有 1 人未答复" in chair.text_content("aside, main >> nth=0") + chair.text_content("body")
    press(member, meeting, "确认纪要")
    member.check("main [name=answer][value=agrees]")
    send(member)
    press(chair, meeting, "签发纪要")
    assert "1 项决议随之成立" in chair.text_content("main")
    send(chair)
    decision.refresh_from_db()
    assert (decision.state, decision.number) == ("in_force", f"FSUL-JY-{decision.meeting.year}-001")
    chair.goto("/committee/decisions/")
    assert decision.number in chair.text_content("main")
    assert set(Item.objects.values_list("title", "state")) == {
        ("审议业务年报", "dealt"),
        ("年报大纲", "dealt"),
        ("研究重点任务", "left"),
        ("统一押金政策", "left"),
    }

    # What was carried over, and the task that is overdue, come back by themselves.
    Assignment.objects.update(due_on=timezone.localdate() - timedelta(days=9))
    gather()
    office.goto("/committee/proposals/")
    waiting = office.text_content("main table")
    assert [title in waiting for title in ("研究重点任务", "已逾期：审议业务年报")] == [True, True]
    office.goto("/committee/follow-up/?tab=late")
    assert "审议业务年报" in office.text_content("main table")
    with member.expect_download() as download:
        member.goto(meeting.get_absolute_url())
        member.click("aside a:has-text('会议全套材料')")
    assert download.value.suggested_filename.endswith(".pdf")
