"""Tell the course of a meeting out of its records."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import Meeting
from fsul_portal.records.models import Record
from fsul_portal.templatetags.figures import iso_moment

ENTRIES_SHOWN = 50

# Words of an act, tone and icon of its line.
ACTS = {
    "called": (gettext_lazy("called the meeting"), "info", "send"),
    "revised": (gettext_lazy("changed time, place or agenda"), "warning", "edit"),
    "roll written": (gettext_lazy("wrote the roll"), "neutral", "people"),
    "roll signed": (gettext_lazy("signed the roll"), "success", "stamp"),
    "minutes written": (gettext_lazy("wrote the minutes"), "neutral", "edit"),
    "minutes signed": (gettext_lazy("signed the minutes as final"), "success", "stamp"),
    "cancelled": (gettext_lazy("cancelled the meeting"), "danger", "close"),
}


def course_of(meeting):
    """Return the lines of the timeline, newest first."""
    return [_line(record) for record in Record.objects.of(meeting)[:ENTRIES_SHOWN]]


def _line(record):
    did, tone, icon = ACTS[record.verb]
    line = {"who": record.by, "at": record.at, "did": did, "tone": tone, "icon": icon, "note": record.note}
    if record.verb == "revised":
        line["changes"] = [_change(*change) for change in record.changes()]
    if record.verb == "minutes written":
        line["note"] = _("%(count)s characters") % {"count": len(record.after["minutes"])}
    return line


def _change(field, before, after):
    label = Meeting._meta.get_field(field).verbose_name
    if field == "starts_at":
        before, after = (iso_moment(parse_datetime(moment)) for moment in (before, after))
    return label, before, after
