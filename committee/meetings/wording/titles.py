"""Suggest the official title of a meeting, written in Chinese whoever looks at it, and say it in English on a copy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from committee.bodies.models import Body
from committee.meetings.models import Meeting
from fsul_portal.grammar.words import reads_english
from fsul_portal.numbers.series import Series, series

# The number of a cancelled meeting is not given again.
MEETINGS = series("meeting", _("Meetings"))

SYSTEM = "佛山市联合图书馆"
TITLES = {
    Meeting.Kind.JOINT: "{year}年第{number}次联席会议",
    Meeting.Kind.SESSION: "{year}年第{number}次会议",
    Meeting.Kind.GROUP: "{year}年第{number}次会议",
    Meeting.Kind.DISTRICT: "{year}年第{number}次成员馆会议",
}


def numbers_of(body: Body) -> Series:
    """Return the numbers of the meetings of a body: bare ones, of each body by itself."""
    return MEETINGS if body.is_committee else Series(f"{MEETINGS.key}-{body.pk}", MEETINGS.title)


def suggested_title(body: Body, kind: str, year: int, number: int) -> str:
    return SYSTEM + body.name + TITLES[Meeting.Kind(kind)].format(year=year, number=number)


def meeting_in_words(meeting: Meeting) -> str:
    """Return the title of a meeting for a paper; one that somebody worded stays as he worded it."""
    usual = suggested_title(meeting.body, meeting.kind, meeting.year, meeting.number)
    if not reads_english() or meeting.title != usual:
        return meeting.title
    values = {"number": meeting.number, "year": meeting.year, "body": meeting.body}
    if meeting.kind == Meeting.Kind.JOINT:
        return pgettext("paper", "Joint Meeting No. %(number)s of %(year)s") % values
    if meeting.kind == Meeting.Kind.SESSION:
        return pgettext("paper", "Committee Meeting No. %(number)s of %(year)s") % values
    return pgettext("paper", "%(body)s, Meeting No. %(number)s of %(year)s") % values
