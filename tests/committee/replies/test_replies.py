"""Hold what the invited reply: by whom, until when, by which way, and who is reminded."""

from datetime import datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from committee.meetings import actions as meetings
from committee.meetings.replies.actions import reply
from committee.meetings.replies.models import Reply, link_for, replies_of
from committee.meetings.replies.tallies import tally_of
from committee.meetings.replies.tasks import remind_of_meetings
from fsul_portal.access.actions import revoke
from fsul_portal.access.models import Grant
from fsul_portal.notices.models import Notice
from fsul_portal.notices.sending.outbox import send_due
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Unready

START = datetime(2026, 12, 3, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DEPUTY = {"answer": "deputy", "deputy_name": "欧副馆长", "deputy_position": "顺德区总馆副馆长"}

pytestmark = pytest.mark.clause("6.2.1 b")


@pytest.fixture
def meeting(office):
    return meetings.call_meeting(kind="joint", starts_at=START, place="五楼会议室", agenda="审议年报", by=office)


def said(meeting):
    return list(replies_of(meeting).values_list("person__username", "answer", "deputy_name", "reason"))


def faults_of(meeting, by, **told):
    with pytest.raises(Unready) as unready:
        reply(meeting, by=by, **told)
    return [(fault.field, str(fault.sentence)) for fault in unready.value.findings]


def test_the_latest_reply_stands_and_each_is_on_record(meeting, chair, person):
    reply(meeting, by=chair, answer="attends")
    reply(meeting, by=chair, **DEPUTY)
    reply(meeting, by=chair, **DEPUTY)
    # What was typed for another answer is let go of.
    reply(meeting, by=person("committee"), answer="excused", reason="出差", deputy_name="某人")
    assert said(meeting) == [("chair", "deputy", "欧副馆长", ""), ("committee", "excused", "", "出差")]
    told = Record.objects.of(meeting).filter(verb="replied", by=chair).order_by("pk").values_list("before", "after")
    assert [before and before["answer"] for before, __ in told] == [{}, "attends"]


def test_only_the_committee_replies(meeting, cast):
    refused = []
    for name, who in cast.items():
        try:
            reply(meeting, by=who, answer="attends")
        except PermissionDenied:
            refused.append(name)
    assert set(cast) - set(refused) == {"chair", "committee", "office"}


def test_who_comes_instead_is_named_and_does_not_sit_himself(meeting, chair, person):
    sentence = "黄委员 is invited himself; nobody is there for two. Name somebody else."
    member = person("committee").get_full_name()
    spaced = " ".join(member)
    found = faults_of(meeting, chair, answer="deputy", deputy_name=spaced, deputy_position="馆长")
    assert found == [("deputy_name", sentence.replace("黄委员", spaced))]
    missing = "Say who comes: name and position."
    assert faults_of(meeting, chair, answer="deputy") == [("deputy_name", missing), ("deputy_position", missing)]
    assert faults_of(meeting, chair, answer="excused") == [("reason", "Say why.")]
    assert said(meeting) == []


@pytest.mark.parametrize("way", ["portal", "link"])
def test_a_meeting_that_is_cancelled_or_has_begun_takes_no_reply(way, meeting, office, chair, signed_in):
    over = meetings.call_meeting(kind="joint", starts_at=START - timedelta(days=30), place="五楼", by=office)
    meeting = meetings.cancel_meeting(meeting, by=office, reason="台风")
    client = signed_in("chair") if way == "portal" else Client()
    answers = []
    for one in (meeting, over):
        address = f"/committee/meetings/{one.pk}/reply/" if way == "portal" else link_for(one, chair)
        for answer in (client.get(address), client.post(address, {"answer": "attends"})):
            page = answer.content.decode()
            answers.append((answer.status_code, "was cancelled" in page, "has begun" in page))
    assert answers == [(409, True, False)] * 2 + [(409, False, True)] * 2
    assert Reply.objects.count() == 0


def test_the_link_of_the_mail_asks_and_a_post_replies_without_a_login(meeting, chair, settings):
    settings.SITE_URL = "https://portal.example.org"
    send_due()
    [message] = [one for one in mail.outbox if one.to == [chair.email]]
    address = link_for(meeting, chair)
    bodies = [part.get_payload(decode=True) for part in message_from_bytes(message.message().as_bytes()).walk()]
    assert f"https://portal.example.org{address}" in bodies[2].decode()
    client = Client(enforce_csrf_checks=True)
    page = client.get(address)
    # A scanner that opens links replies for nobody.
    assert (page.status_code, page["Cache-Control"].split(",")[0], said(meeting)) == (200, "max-age=0", [])
    assert client.post(address, {"answer": "attends"}).status_code == 403
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(address, {"answer": "attends"} | token).url == address
    assert said(meeting) == [("chair", "attends", "", "")]
    assert Reply.objects.get().is_by_link
    assert "Your reply is noted" in client.get(address).content.decode()


def test_a_link_is_of_one_person_and_one_meeting(meeting, office, chair, person):
    signature = link_for(meeting, chair).rstrip("/").rsplit("/", 1)[-1]
    other = meetings.call_meeting(kind="joint", starts_at=START, place="五楼", by=office)
    addresses = [
        f"/committee/meetings/{meeting.pk}/reply/{person('committee').pk}/{signature}/",
        f"/committee/meetings/{other.pk}/reply/{chair.pk}/{signature}/",
        f"/committee/meetings/{meeting.pk}/reply/{chair.pk}/{'0' * 64}/",
    ]
    assert [Client().get(address).status_code for address in addresses] == [404] * 3


def test_who_left_the_committee_is_due_no_more(meeting, chair, person):
    member = person("committee")
    reply(meeting, by=member, answer="attends")
    for held in Grant.objects.in_force().filter(person=member):
        revoke(held)
    assert said(meeting) == []
    assert Client().get(link_for(meeting, member)).status_code == 403
    [line] = [line for line in tally_of(meeting).lines if line.person == member]
    assert (line.is_due, line.reply.answer, tally_of(meeting).open) == (False, "attends", 2)


def test_the_secretary_reads_who_comes_and_whom_no_mail_reaches(meeting, office, chair, person, signed_in):
    member = person("committee")
    member.email = ""
    member.save(update_fields=["email"])
    reply(meeting, by=chair, **DEPUTY)
    tally = tally_of(meeting)
    assert [(str(label), count) for label, count in tally.counts] == [
        ("attends", 0),
        ("sends a deputy", 1),
        ("is excused", 0),
    ]
    assert (tally.open, tally.unreached) == (2, [member])
    page = signed_in("office").get(meeting.get_absolute_url()).content.decode()
    assert ("欧副馆长" in page, "No mail reaches these people" in page) == (True, True)
    page = signed_in("committee").get(meeting.get_absolute_url()).content.decode()
    assert ("欧副馆长" in page, "no reply yet" in page) == (False, True)


def test_a_week_and_a_day_before_all_are_reminded_and_the_silent_are_asked(meeting, chair):
    told = {}
    reply(meeting, by=chair, answer="attends")
    Notice.objects.all().delete()
    for day in range(10, -1, -1):
        with time_machine.travel(START - timedelta(days=day, hours=5)):
            for notice in remind_of_meetings((START - timedelta(days=day)).date()):
                last = notice.body.splitlines()[-1]
                told[day, notice.recipient.username] = (last, hasattr(notice, "event"))
    asked, agenda = ("You have not replied yet whether you come.", True), ("1. 审议年报", False)
    assert told == {
        (day, name): agenda if name == "chair" else asked for day in (7, 1) for name in ("chair", "committee", "office")
    }


def test_nobody_is_reminded_twice_although_he_replies_meanwhile(meeting, chair):
    first = START - timedelta(days=7, hours=5)
    with time_machine.travel(first):
        assert len(remind_of_meetings(first.date())) == 3
        reply(meeting, by=chair, answer="attends")
    with time_machine.travel(first + timedelta(days=1)):
        assert remind_of_meetings(first.date() + timedelta(days=1)) == []
