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


def _items(record):
    return "；".join(record.after["agenda"])


def _of_whom(record):
    return record.after["person"]


def _decision(record):
    return record.after["decision"]


DEEDS = {
    "called": Deed(gettext_lazy("called the meeting"), "info", "send"),
    "revised": Deed(gettext_lazy("changed time, place or agenda"), "warning", "edit", tells_changes=True),
    "agenda laid out": Deed(gettext_lazy("put items on the agenda"), "neutral", "list", note=_items),
    "agenda sent": Deed(gettext_lazy("sent the agenda"), "info", "send"),
    "decision noted": Deed(gettext_lazy("noted a decision"), "success", "check", note=_decision),
    "minutes circulated": Deed(gettext_lazy("circulated the minutes"), "info", "send"),
    "minutes called back": Deed(gettext_lazy("called the minutes back"), "warning", "left"),
    "minutes agreed": Deed(gettext_lazy("agreed with the minutes"), "success", "check"),
    "minutes objected": Deed(gettext_lazy("objected to the minutes"), "warning", "flag"),
    "addendum written": Deed(gettext_lazy("wrote an addendum"), "neutral", "edit"),
    "roll written": Deed(gettext_lazy("wrote the roll"), "neutral", "people"),
    "roll signed": Deed(gettext_lazy("signed the roll"), "success", "stamp"),
    "minutes written": Deed(gettext_lazy("wrote the minutes"), "neutral", "edit", note=_length),
    "minutes signed": Deed(gettext_lazy("signed the minutes as final"), "success", "stamp"),
    "replied": Deed(gettext_lazy("replied to the call"), "neutral", "send"),
    "reply entered": Deed(gettext_lazy("entered a reply for somebody"), "neutral", "phone", note=_of_whom),
    "cancelled": Deed(gettext_lazy("cancelled the meeting"), "danger", "close"),
}


def timeline(meeting: Meeting) -> list[Any]:
    """Return the lines of the timeline, newest first."""
    return course_of(Record.objects.of(meeting)[:ENTRIES_SHOWN], DEEDS, change=_change)


def _change(field, before, after):
    label = Meeting._meta.get_field(field).verbose_name
    if field in ("starts_at", "ends_at"):
        before, after = (iso_moment(parse_datetime(moment)) if moment else "" for moment in (before, after))
    return label, before, after
