"""Suggest the official title of a meeting; like its minutes it is written in Chinese whoever looks at it."""

from django.utils.translation import gettext_lazy as _

from committee.meetings.models import Meeting
from fsul_portal.numbers.series import series

# The number of a cancelled meeting is not given again.
MEETINGS = series("meeting", _("Meetings"))

TITLES = {
    Meeting.Kind.JOINT: "佛山市联合图书馆专业委员会{year}年第{number}次联席会议",
    Meeting.Kind.SESSION: "佛山市联合图书馆专业委员会{year}年第{number}次会议",
}


def suggested_title(kind: str, year: int, number: int) -> str:
    return TITLES[Meeting.Kind(kind)].format(year=year, number=number)
