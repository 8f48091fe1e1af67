"""Tell the course of a meeting out of its records."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import Meeting
from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from fsul_portal.templatetags.figures import iso_moment

ENTRIES_SHOWN = 50


def _length(record):
    return _("%(count)s characters") % {"count": len(record.after["minutes"])}


DEEDS = {
    "called": Deed(gettext_lazy("called the meeting"), "info", "send"),
    "revised": Deed(gettext_lazy("changed time, place or agenda"), "warning", "edit", tells_changes=True),
    "roll written": Deed(gettext_lazy("wrote the roll"), "neutral", "people"),
    "roll signed": Deed(gettext_lazy("signed the roll"), "success", "stamp"),
    "minutes written": Deed(gettext_lazy("wrote the minutes"), "neutral", "edit", note=_length),
    "minutes signed": Deed(gettext_lazy("signed the minutes as final"), "success", "stamp"),
    "replied": Deed(gettext_lazy("replied to the call"), "neutral", "send"),
    "cancelled": Deed(gettext_lazy("cancelled the meeting"), "danger", "close"),
}


def timeline(meeting: Meeting) -> list[Any]:
    """Return the lines of the timeline, newest first."""
    return course_of(Record.objects.of(meeting)[:ENTRIES_SHOWN], DEEDS, change=_change)


def _change(field, before, after):
    label = Meeting._meta.get_field(field).verbose_name
    if field == "starts_at":
        before, after = (iso_moment(parse_datetime(moment)) for moment in (before, after))
    return label, before, after
