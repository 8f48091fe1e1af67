"""Say of a meeting what calendars take of it (6.2.1 b)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committee.meetings.models import Meeting, MeetingQuerySet
from committee.meetings.replies.models import link_for
from fsul_portal.notices.calendars.events import Event
from fsul_portal.rooms import Due

# For calendars alone, where the end is not said.
TAKEN_TO_LAST = timedelta(hours=2)


def event_of(meeting: Meeting) -> Event:
    """Return what a notice of the meeting brings along; each change of the meeting is a later sequence (6.2.1 b)."""
    return Event(
        key=_key(meeting.pk),
        sequence=meeting.version,
        title=meeting.title,
        place=meeting.place,
        starts_at=meeting.starts_at,
        ends_at=_end(meeting.starts_at, meeting.ends_at),
        is_cancelled=_is_cancelled(meeting),
        reply=None if _is_cancelled(meeting) else partial(link_for, meeting),
    )


def dues_of(meetings: MeetingQuerySet, first: date, last: date) -> Iterator[Due]:
    """Return the meetings of these days as lines of a calendar, with those that do not take place."""
    for meeting in meetings.filter(starts_at__date__range=(first, last)).order_by("starts_at", "pk"):
        yield due_of(
            meeting.pk,
            meeting.title,
            place=meeting.place,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            version=meeting.version,
            is_cancelled=_is_cancelled(meeting),
        )


def due_of(
    key: int,
    title: str,
    *,
    place: str,
    starts_at: datetime,
    ends_at: datetime | None,
    version: int,
    is_cancelled: bool,
) -> Due:
    """Return a meeting as a line of a calendar."""
    return Due(
        _key(key),
        timezone.localdate(starts_at),
        _("Meeting"),
        title,
        reverse("committee:meeting-detail", args=[key]),
        own=True,
        starts_at=starts_at,
        ends_at=_end(starts_at, ends_at),
        place=place,
        sequence=version,
        is_cancelled=is_cancelled,
    )


def _key(meeting: int) -> str:
    return f"meeting-{meeting}"


def _end(starts_at: datetime, ends_at: datetime | None) -> datetime:
    return ends_at or starts_at + TAKEN_TO_LAST


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.CANCELLED
