"""Hold that the mail of a meeting brings along what calendars take, read back by a parser that did not write it."""

from datetime import datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committee.meetings import actions
from committee.meetings.tasks import invite_who_came_later
from fsul_portal.access.actions import grant
from fsul_portal.notices.actions import choose, tell
from fsul_portal.notices.calendars.models import NoticeEvent
from fsul_portal.notices.sending.outbox import send_due

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 12, 3, 14, 30, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def told_by_mail(cast, settings):
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "office@example.org", "https://portal.example.org"


@pytest.fixture
def meeting(office):
    return actions.call_meeting(kind="joint", starts_at=START, place="五楼会议室", agenda="审议年报", by=office)


def parts_to(person):
    """Return (method, component) of each calendar part of the mails to a person, as a mail program reads them."""
    found = []
    for message in mail.outbox:
        if message.to == [person.email]:
            for part in message_from_bytes(message.message().as_bytes()).walk():
                if part.get_content_type() == "text/calendar":
                    calendar = vobject.readOne(part.get_payload(decode=True).decode("utf-8"))
                    assert calendar.method.value == part.get_param("method")
                    found.append((calendar.method.value, calendar.vevent))
    return found


@pytest.mark.clause("6.2.1 b")
def test_the_mail_of_a_meeting_is_an_invitation_for_that_person(meeting, chair):
    send_due()
    [(method, event)] = parts_to(chair)
    assert (method, event.uid.value, event.sequence.value) == (
        "REQUEST",
        f"meeting-{meeting.pk}@portal.example.org",
        "0",
    )
    hours = event.dtstart.value, event.dtend.value
    assert [moment.astimezone(SHANGHAI) for moment in hours] == [START, START + timedelta(hours=2)]
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Shanghai"]
    assert (event.summary.value, event.location.value) == (meeting.title, "五楼会议室")
    assert (event.organizer.value, event.status.value) == ("mailto:office@example.org", "CONFIRMED")
    [attendee] = event.attendee_list
    assert (attendee.value, attendee.params["CN"], attendee.params["RSVP"]) == (
        f"mailto:{chair.email}",
        [chair.get_full_name()],
        ["FALSE"],
    )
    assert event.url.value == f"https://portal.example.org{meeting.get_absolute_url()}"
    [file] = mail.outbox[0].attachments
    assert file.filename == "invite.ics"


@pytest.mark.clause("6.2.1 b")
def test_each_change_is_a_later_sequence_of_the_same_event_and_the_end_cancels_it(meeting, office, chair):
    facts = {"title": meeting.title, "place": "六楼"}
    meeting = actions.revise_meeting(meeting, **facts, starts_at=START + timedelta(days=1), by=office)
    actions.cancel_meeting(meeting, by=office, reason="台风")
    # All at once: three events to one person are three mails, however soon they follow.
    send_due()
    told = parts_to(chair)
    assert [(method, event.sequence.value, event.status.value) for method, event in told] == [
        ("REQUEST", "0", "CONFIRMED"),
        ("REQUEST", "1", "CONFIRMED"),
        ("CANCEL", "2", "CANCELLED"),
    ]
    assert len({event.uid.value for __, event in told}) == 1
    assert told[1][1].dtstart.value.astimezone(SHANGHAI) == START + timedelta(days=1)
    assert told[1][1].location.value == "六楼"


def test_whoever_comes_later_gets_the_event_as_it_stands(meeting, person):
    grant("committee-member", to=person("nanhai"))
    invite_who_came_later(timezone.localdate())
    send_due()
    assert [method for method, __ in parts_to(person("nanhai"))] == ["REQUEST"]


def test_an_event_waits_neither_for_the_letter_of_the_day_nor_for_a_window(meeting, office, chair):
    send_due()
    choose(chair, language="zh-hans", ways={("meeting", "mail"): "daily"})
    actions.cancel_meeting(meeting, by=office, reason="台风")
    send_due()
    assert [method for method, __ in parts_to(chair)] == ["REQUEST", "CANCEL"]


def test_a_meeting_of_the_past_and_final_minutes_are_no_events(meeting_in):
    meeting_in("minuted")
    assert NoticeEvent.objects.count() == 0


def test_a_title_with_commas_and_semicolons_comes_back_as_it_was(office, chair):
    title = "会议; 第一次, 讨论：“\\n” 与年报" + "长" * 80
    actions.call_meeting(kind="joint", starts_at=START, place="a;b,c", by=office, title=title)
    send_due()
    [(__, event)] = parts_to(chair)
    assert (event.summary.value, event.location.value) == (title, "a;b,c")


def test_an_ordinary_notice_brings_no_event(cast, chair):
    tell([chair], key="k", subject="A")
    send_due()
    [message] = mail.outbox
    assert (message.attachments, message.alternatives) == ([], [])


def test_an_event_costs_one_query_more_however_many_are_told(cast, office):

    event = actions.event_of(actions.call_meeting(kind="joint", starts_at=START, place="五楼", by=office))

    def queries(key, people, **more):
        with CaptureQueriesContext(connection) as asked:
            tell(people, key=key, subject="A", **more)
        return len(asked)

    everybody = list(cast.values())
    plain = queries("a", everybody)
    assert queries("b", everybody, event=event) == queries("c", everybody[:2], event=event) == plain + 1
