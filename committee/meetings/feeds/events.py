"""Say of a meeting what calendars take of it (6.2.1 b)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committee.meetings.models import Meeting, MeetingQuerySet
from committee.meetings.replies.models import link_for
from fsul_portal.notices.calendars.events import Event
from fsul_portal.rooms import Due
from fsul_portal.users import User

# For calendars alone, where the end is not said.
TAKEN_TO_LAST = timedelta(hours=2)


def event_of(meeting: Meeting) -> Event:
    """Return what a notice of the meeting brings along; each change of the meeting is a later sequence (6.2.1 b)."""
    return Event(
        key=_key(meeting),
        sequence=meeting.version,
        title=meeting.title,
        place=meeting.place,
        starts_at=meeting.starts_at,
        ends_at=_end(meeting),
        is_cancelled=_is_cancelled(meeting),
        reply=None if _is_cancelled(meeting) else partial(link_for, meeting),
    )


def meetings_between(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the meetings of these days to those who read of them (6.2.1 b)."""
    return dues_of(Meeting.objects.visible_to(user), first, last)


def dues_of(meetings: MeetingQuerySet, first: date, last: date) -> Iterator[Due]:
    """Return the meetings of these days as lines of a calendar, with those that do not take place."""
    for meeting in meetings.filter(starts_at__date__range=(first, last)).order_by("starts_at", "pk"):
        yield Due(
            _key(meeting),
            timezone.localdate(meeting.starts_at),
            _("Meeting"),
            meeting.title,
            meeting.get_absolute_url(),
            own=True,
            starts_at=meeting.starts_at,
            ends_at=_end(meeting),
            place=meeting.place,
            sequence=meeting.version,
            is_cancelled=_is_cancelled(meeting),
        )


def _key(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}"


def _end(meeting: Meeting) -> datetime:
    return meeting.ends_at or meeting.starts_at + TAKEN_TO_LAST


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.CANCELLED
