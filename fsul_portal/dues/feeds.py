"""Write what is due as calendar programs read it (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fsul_portal.notices.calendars.events import MAKER, uid_of
from fsul_portal.rooms import Due

BACK, AHEAD = timedelta(days=31), timedelta(days=186)
FETCHED_EVERY = timedelta(hours=6)


def days_told() -> tuple[date, date]:
    """Return the first and the last day that a feed tells of: a month back, half a year ahead."""
    today = timezone.localdate()
    return today - BACK, today + AHEAD


def written(dues: Iterable[Due], at: datetime, name: str = "") -> bytes:
    """Return an iCalendar file, in the language that is spoken now; `at` is when it was written."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name or _("Coordination office: what is due"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"value": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, at))
    content: bytes = calendar.to_ical()
    return content


def _event(due: Due, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(due.key))
    event.add("dtstamp", at)
    event.add("sequence", due.sequence)
    event.add("status", "CANCELLED" if due.is_cancelled else "CONFIRMED")
    if due.place:
        event.add("location", due.place)
    event.add("summary", _("%(kind)s: %(title)s") % {"kind": due.kind, "title": due.title})
    event.add("url", settings.SITE_URL + due.url)
    # Hours are told in universal time, which needs no table of time zones in the file.
    event.add("dtstart", due.starts_at.astimezone(UTC) if due.starts_at else due.day)
    if due.ends_at:
        event.add("dtend", due.ends_at.astimezone(UTC))
    event.add("transp", "OPAQUE" if due.starts_at else "TRANSPARENT")
    return event
