"""Hold the feed of the committee: under an address that can be renewed, with what changed and what is cancelled."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.exceptions import PermissionDenied

from committee.bodies.models import Body
from committee.meetings import actions
from committee.meetings.feeds.actions import renew_feed
from committee.meetings.feeds.models import BodyFeed
from fsul_portal.dues.actions import open_feed
from fsul_portal.records.models import Record

START = datetime(2026, 12, 3, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGE = "/committee/meetings/calendar/"


@pytest.fixture
def meeting(office):
    return actions.call_meeting(kind="joint", starts_at=START, place="五楼会议室", by=office)


def events(client, feed):
    answer = client.get(feed.get_absolute_url())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return vobject.readOne(answer.content.decode()).contents.get("vevent", [])


@pytest.mark.clause("6.2.1 b")
def test_the_feed_follows_the_meeting_to_its_end(client, meeting, office):
    feed = renew_feed(Body.objects.committee(), by=office)
    [event] = events(client, feed)
    assert (event.uid.value, event.sequence.value, event.status.value) == (
        f"meeting-{meeting.pk}@127.0.0.1",
        "0",
        "CONFIRMED",
    )
    assert (event.dtstart.value, event.location.value) == (START, "五楼会议室")
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2)
    actions.cancel_meeting(meeting, by=office, reason="台风")
    [event] = events(client, feed)
    assert (event.sequence.value, event.status.value) == ("1", "CANCELLED")


def test_what_is_cancelled_stands_in_feeds_and_on_no_page(client, meeting, office, chair, signed_in):
    actions.cancel_meeting(meeting, by=office, reason="台风")
    assert meeting.title not in signed_in("chair").get("/calendar/?month=2026-12").content.decode()
    own = events(client, open_feed(by=chair))
    assert [event.status.value for event in own if event.uid.value.startswith("meeting-")] == ["CANCELLED"]


@pytest.mark.clause("6.2.1 b")
def test_a_new_address_ends_the_old_one(client, office, chair):
    old = renew_feed(Body.objects.committee(), by=office).get_absolute_url()
    with pytest.raises(PermissionDenied, match="Only the secretary"):
        renew_feed(Body.objects.committee(), by=chair)
    new = renew_feed(Body.objects.committee(), by=office).get_absolute_url()
    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    verbs = Record.objects.of(Body.objects.committee()).values_list("verb", flat=True)
    assert list(verbs) == ["calendar address renewed"] * 2


def test_the_secretary_renews_it_on_its_page_and_readers_see_it(signed_in, cast):
    assert signed_in("nanhai").get(PAGE).status_code == 403
    assert "has no address yet" in signed_in("chair").get(PAGE, follow=True).content.decode()
    body = Body.objects.committee()
    signed_in("office").post(f"{body.get_absolute_url()}feed/", {"version": body.version})
    address = BodyFeed.objects.get().get_absolute_url()
    page = signed_in("chair").get(PAGE, follow=True).content.decode()
    assert (address in page, "Renew the calendar" in page) == (True, False)
    assert "Renew the calendar" in signed_in("office").get(PAGE, follow=True).content.decode()
