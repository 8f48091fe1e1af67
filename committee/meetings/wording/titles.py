"""Suggest the official title of a meeting, written in Chinese whoever looks at it, and say it in English on a copy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from committee.meetings.models import Meeting
from fsul_portal.grammar.words import reads_english
from fsul_portal.numbers.series import series

# The number of a cancelled meeting is not given again.
MEETINGS = series("meeting", _("Meetings"))

TITLES = {
    Meeting.Kind.JOINT: "佛山市联合图书馆专业委员会{year}年第{number}次联席会议",
    Meeting.Kind.SESSION: "佛山市联合图书馆专业委员会{year}年第{number}次会议",
}


def suggested_title(kind: str, year: int, number: int) -> str:
    return TITLES[Meeting.Kind(kind)].format(year=year, number=number)


def meeting_in_words(meeting: Meeting) -> str:
    """Return the title of a meeting for a paper; one that somebody worded stays as he worded it."""
    if not reads_english() or meeting.title != suggested_title(meeting.kind, meeting.year, meeting.number):
        return meeting.title
    values = {"number": meeting.number, "year": meeting.year}
    if meeting.kind == Meeting.Kind.JOINT:
        return pgettext("paper", "Joint Meeting No. %(number)s of %(year)s") % values
    return pgettext("paper", "Committee Meeting No. %(number)s of %(year)s") % values
