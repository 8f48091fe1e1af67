"""Write an event as calendar programs read it (RFC 5545, RFC 5546)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, vCalAddress
from icalendar import Event as Component

from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.notices.calendars.models import NoticeEvent
    from fsul_portal.notices.models import Notice

MAKER = "-//FSUL//coordination portal//ZH"


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event that news bring along.

    key: names it for good, as in feeds. sequence: grows with each change, so that a calendar keeps the latest.
    reply: returns where one person says whether he comes.
    """

    key: str
    sequence: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    reply: Callable[[User], str] | None = None


@dataclass(frozen=True)
class Party:
    """Somebody with a name and a mail address."""

    name: str
    address: str

    def written(self, **parameters: str) -> vCalAddress:
        found = vCalAddress(f"mailto:{self.address}")
        found.params.update({"CN": self.name} | parameters)
        return found


def uid_of(key: str) -> str:
    """Return the name of an event, the same in every mail and every feed of this portal."""
    return f"{key}@{urlsplit(settings.SITE_URL).hostname}"


def local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def method_of(event: "NoticeEvent") -> str:
    return "CANCEL" if event.is_cancelled else "REQUEST"


def written(event: "NoticeEvent", notice: "Notice", *, organizer: Party, attendee: Party, text: str) -> bytes:
    """Return the iCalendar file of one event for one person; the hours stand in the time of the city."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method_of(event))
    calendar.add_component(_component(event, notice, organizer, attendee, text))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _component(event: "NoticeEvent", notice: "Notice", organizer: Party, attendee: Party, text: str) -> Component:
    facts: Sequence[tuple[str, object]] = (
        ("uid", event.uid),
        ("sequence", event.sequence),
        ("dtstamp", notice.written_at),
        ("dtstart", local(event.starts_at)),
        ("dtend", local(event.ends_at)),
        ("summary", event.title),
        ("location", event.place),
        ("description", text),
        ("url", settings.SITE_URL + notice.link),
        ("status", "CANCELLED" if event.is_cancelled else "CONFIRMED"),
        ("organizer", organizer.written()),
        # Answers are taken by the portal, not by a mailbox: no program is asked to send one.
        ("attendee", attendee.written(ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE")),
    )
    component = Component()
    for name, value in facts:
        component.add(name, value)
    return component
