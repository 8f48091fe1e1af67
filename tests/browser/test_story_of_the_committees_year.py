"""Take the committee through its year: plan, October warning, second meeting from the plan, the year's volume (7.1)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from committee.bodies.models import Body
from committee.bodies.tasks import bind_minutes
from committee.bodies.volumes import VOLUME_TASK
from committee.meetings import actions
from committee.meetings.models import Meeting
from committee.meetings.tasks import warn_of_too_few_meetings
from fsul_portal.runs.models import Run
from tests.browser.test_story_of_the_committee import press, send
from tests.minutes import confirmed

pytestmark = [pytest.mark.clause("6.2.1 b"), pytest.mark.clause("7.1")]


def come(meeting, cast):
    """Let everybody have come to a meeting."""
    office = cast["office"]
    meeting.refresh_from_db()
    rows = [
        {"name": cast[name].get_full_name(), "unit": "", "position": "", "presence": "present", "person": cast[name]}
        for name in ("chair", "committee")
    ]
    return actions.sign_roll(actions.write_roll(meeting, rows, by=office), by=office)


def write(meeting, cast):
    """Let the minutes of a meeting wait for the chair."""
    office = cast["office"]
    return confirmed(actions.write_minutes(meeting, "会议审议了本年工作。", by=office), office)


def test_a_year_from_its_plan_to_its_volume(seat, cast):
    office, member, chair, today = seat("office"), seat("committee"), seat("chair"), timezone.localdate()
    # On the last day of a year, that day.
    planned = min(today + timedelta(days=1), date(today.year, 12, 31))
    body = Body.objects.committee()

    # A first meeting was held; the second is planned.
    begins = timezone.now() - timedelta(minutes=9)
    first = actions.call_meeting(kind="joint", starts_at=begins, place="五楼", by=cast["office"])
    actions.sign_minutes(write(come(first, cast), cast), by=cast["chair"])
    press(office, body, "安排年度会议")
    office.fill("main [name=lines]", f"{planned} 年度总结与考评\n2月30日 写错的一行")
    send(office)
    assert "第2行的日期不存在" in office.text_content("main")
    office.fill("main [name=lines]", f"{planned} 年度总结与考评")
    send(office)
    assert "年度总结与考评" in office.text_content("main")

    # In October one of two counts: the chair is warned.
    assert warn_of_too_few_meetings(date(today.year, 10, 31))
    chair.goto("/notices/")
    assert f"{today.year}年专委会会议：应达 2 次，已达标 1 次" in chair.text_content("main")

    # The second is called from the plan, and a member replies.
    office.goto(body.get_absolute_url())
    office.click("main a:has-text('召集')")
    office.wait_for_load_state()
    assert office.input_value("main [name=agenda]") == "年度总结与考评"
    office.fill("main [name=place]", "五楼会议室")
    send(office, "starts_at")
    second = Meeting.objects.exclude(pk=first.pk).get()
    assert second.planned.body == body
    Meeting.objects.filter(pk=second.pk).update(starts_at=timezone.now() + timedelta(minutes=9))
    member.goto(f"{second.get_absolute_url()}reply/")
    member.check("main [name=answer][value=attends]")
    send(member, "answer")
    office.goto(second.get_absolute_url())
    assert "参加 1" in office.text_content("#replies")

    # Held and signed: the duty of the year is met.
    Meeting.objects.filter(pk=second.pk).update(starts_at=timezone.now() - timedelta(minutes=3))
    press(chair, write(come(second, cast), cast), "签发纪要")
    send(chair)
    chair.goto("/committee/")
    assert f"{today.year}年已达标：2 次会议达标" in chair.text_content("main")

    # The minutes of the year are bound while nobody waits.
    press(office, body, "汇编年度纪要")
    send(office, "year")
    bind_minutes(Run.objects.get(task=VOLUME_TASK).pk)
    office.goto(body.get_absolute_url())
    with office.expect_download() as download:
        office.click(f"main a:has-text('专业委员会{today.year}年会议纪要')")
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
