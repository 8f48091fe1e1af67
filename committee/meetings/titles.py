"""Suggest the official title of a meeting; like its minutes it is written in Chinese whoever looks at it."""

from committee.meetings.models import Meeting

TITLES = {
    Meeting.Kind.JOINT: "佛山市联合图书馆专业委员会{year}年第{number}次联席会议",
    Meeting.Kind.SESSION: "佛山市联合图书馆专业委员会{year}年第{number}次会议",
}


def next_number(year):
    """Return the number the next meeting of the year gets; the number of a cancelled one is not given again."""
    last = Meeting.objects.of_year(year).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def suggested_title(kind, year, number):
    return TITLES[Meeting.Kind(kind)].format(year=year, number=number)
