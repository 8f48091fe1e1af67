"""Word the notices of the meetings, in the language that is active."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committee.agendas.numbering import agenda_lines
from committee.meetings.duty import Duty
from committee.meetings.models import Meeting
from fsul_portal.notices.kinds import kind
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.templatetags.figures import moment

# Subject and text.
Letter = tuple[str, str]

MEETING = kind("meeting", gettext_lazy("Meetings"), is_obligatory=True, for_groups=True)
TOO_FEW = kind("7.1", gettext_lazy("Meetings that are missing"), is_obligatory=True, for_groups=True)


def invitation(meeting: Meeting) -> Letter:
    """Return subject and text of the notice of a meeting."""
    return _("Meeting called: %(title)s") % {"title": meeting.title}, _facts(meeting)


def changed(meeting: Meeting) -> Letter:
    """Return subject and text of the notice that a meeting was moved or its agenda changed."""
    return _("Meeting changed: %(title)s") % {"title": meeting.title}, _facts(meeting)


def cancelled(meeting: Meeting, reason: str) -> Letter:
    """Return subject and text of the notice that a meeting does not take place."""
    return _("Meeting cancelled: %(title)s") % {"title": meeting.title}, reason


def minutes_final(meeting: Meeting) -> Letter:
    """Return subject and text of the notice that the minutes are signed."""
    text = _("The minutes are signed and can be read in the portal; nothing of the meeting changes any more.")
    return _("Minutes final: %(title)s") % {"title": meeting.title}, text


def _facts(meeting):
    lines = [
        _("Begins: %(at)s") % {"at": moment(meeting.starts_at)},
        *([_("Ends: %(at)s") % {"at": moment(meeting.ends_at)}] if meeting.ends_at else []),
        _("Place: %(place)s") % {"place": meeting.place},
    ]
    if items := agenda_lines(meeting):
        lines += [_("Agenda:"), *items]
    return "\n".join(lines)


def warning(duty: Duty, day: date, due: int) -> Letter:
    """Return subject and text for a day on which fewer meetings count than should (7.1)."""
    subject = _("%(year)s: %(count)s of %(due)s meetings count")
    opening = ngettext(
        "By %(day)s at least %(due)s meeting of %(year)s should count, with a signed roll and final minutes; "
        "%(count)s does.",
        "By %(day)s at least %(due)s meetings of %(year)s should count, with a signed roll and final minutes; "
        "%(count)s do.",
        due,
    )
    values = {"year": duty.year, "count": duty.count, "due": duty.due}
    return subject % values, _text(opening % (values | {"day": in_words(day), "due": due}), duty)


def forecast(duty: Duty, day: date, due: int) -> Letter:
    """Return subject and text for the weeks before such a day, when what is called cannot suffice (7.1)."""
    expected = duty.expected_by(day)
    subject = _("Forecast for %(year)s: too few meetings by %(day)s")
    opening = ngettext(
        "At this pace %(expected)s meeting will count by %(day)s; there should be %(due)s.",
        "At this pace %(expected)s meetings will count by %(day)s; there should be %(due)s.",
        expected,
    )
    values = {"year": duty.year, "day": in_words(day), "expected": expected, "due": due}
    return subject % values, _text(opening % values, duty)


def _text(opening, duty):
    return "\n".join([opening, *_standing(duty), *_to_do(duty)])


def _standing(duty):
    """Say of each meeting of the year where it stands, or that there is none."""
    lines = [
        _("“%(title)s”, %(at)s: %(standing)s.")
        % {"title": meeting.title, "at": moment(meeting.starts_at), "standing": standing(meeting)}
        for meeting in (*duty.counted, *duty.held, *duty.called)
    ]
    return lines or [_("No meeting of this year has been called.")]


def standing(meeting: Meeting) -> str:
    """Say in a few words whether a meeting counts and, if not, what is missing (7.1)."""
    if meeting.state == Meeting.State.CALLED and meeting.starts_at <= timezone.now():
        return _("it has taken place, but the roll is not signed")
    return {
        Meeting.State.CALLED: _("it is still to come"),
        Meeting.State.HELD: _("the minutes are not final"),
        Meeting.State.MINUTED: _final(meeting),
        Meeting.State.CANCELLED: _("it does not take place"),
    }[Meeting.State(meeting.state)]


def _final(meeting: Meeting) -> str:
    if not meeting.body.is_committee:
        return _("the minutes are final") if meeting.is_quorate else _("it was not quorate")
    return _("it counts") if meeting.is_quorate else _("it was not quorate and does not count")


def _to_do(duty):
    steps = []
    if duty.held:
        steps.append(_("To do: the secretary finishes the minutes and the chair signs them."))
    if any(meeting.starts_at <= timezone.now() for meeting in duty.called):
        steps.append(_("To do: write and sign the roll of the meeting that has taken place."))
    if duty.missing:
        steps.append(
            ngettext(
                "To do: call %(count)s more meeting this year.",
                "To do: call %(count)s more meetings this year.",
                duty.missing,
            )
            % {"count": duty.missing}
        )
    return steps


def outlook(duty: Duty, this_year: int) -> str:
    """Say in one sentence how the year stands, or how it ended (7.1)."""
    values = {"year": duty.year, "count": duty.count, "due": duty.due, "expected": duty.expected}
    if duty.is_met:
        return _("The duty of %(year)s is met: %(count)s meetings count, %(due)s are due.") % values
    if duty.is_in_reach:
        return (
            _("With what is called and held, %(expected)s meetings will count in %(year)s; %(due)s are due.") % values
        )
    if duty.year < this_year:
        return _("%(year)s is over: at most %(expected)s of the %(due)s meetings that were due will count.") % values
    return _("At this pace %(expected)s of %(due)s meetings will count in %(year)s.") % values
