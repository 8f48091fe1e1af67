"""List what comes next for a meeting, and whether this person may do it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from committee.meetings import rules
from committee.meetings.models import Meeting


def steps_open_to(user, meeting):
    """Return the steps of the meeting's state; where a person may not go, the verdict says why."""
    if meeting.state == Meeting.State.CALLED:
        extras = [
            _step(_("Change the meeting"), "meeting-revise", meeting, rules.may_revise(user, meeting), icon="edit"),
            _step(_("Cancel the meeting"), "meeting-cancel", meeting, rules.may_cancel(user, meeting), icon="close"),
        ]
        return [
            _step(_("Write the roll"), "meeting-roll", meeting, rules.may_write_roll(user, meeting), icon="people"),
            _step(_("Sign the roll"), "meeting-roll-sign", meeting, rules.may_sign_roll(user, meeting), icon="stamp"),
            *(step for step in extras if step["verdict"]),
        ]
    if meeting.state == Meeting.State.HELD:
        write, sign = rules.may_write_minutes(user, meeting), rules.may_sign_minutes(user, meeting)
        return [
            _step(_("Write the minutes"), "meeting-minutes", meeting, write, icon="edit"),
            _step(_("Sign the minutes"), "meeting-minutes-sign", meeting, sign, icon="stamp"),
        ]
    return []


def _step(label, view, meeting, verdict, *, icon):
    return {"label": label, "url": reverse(f"committee:{view}", args=[meeting.pk]), "verdict": verdict, "icon": icon}
