"""Say who circulates minutes, who answers them, and who corrects what was signed (6.2.1 b)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from committee.bodies.rules import may_keep, may_sign
from committee.confirmations.models import Addendum, Confirmation
from committee.meetings.models import Meeting
from committee.meetings.rolls.seats import asked_to_confirm
from committee.meetings.rules import may_write_minutes
from fsul_portal.lives.rules import in_state
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, closed, not_now


def may_circulate(user: User, meeting: Meeting) -> Verdict:
    """The secretary circulates minutes once they say something (6.2.1 b)."""
    verdict = may_write_minutes(user, meeting)
    if verdict and not meeting.has_minutes:
        way = Way(_("Write the minutes"), reverse("committee:meeting-minutes", args=[meeting.pk]))
        return not_now(_("There are no minutes to circulate yet."), way)
    return verdict


def may_call_back(user: User, meeting: Meeting) -> Verdict:
    """The secretary calls circulated minutes back to change them; everybody is asked anew afterwards."""
    verdict = may_keep(user, meeting.body)
    if verdict and meeting.state == Meeting.State.MINUTED:
        return closed(_("The minutes are final; nothing of this meeting changes any more."))
    if verdict and (meeting.state != Meeting.State.HELD or not meeting.circulated_at):
        return not_now(_("The minutes are not circulated."))
    return verdict


def may_confirm(user: User, meeting: Meeting) -> Verdict:
    """Whoever was due with a vote answers the circulated minutes, once for each text (6.2.1 b)."""
    if user.pk not in asked_to_confirm(meeting):
        return Denied(_("The minutes are confirmed by those who were due at the meeting with a vote."))
    if meeting.state == Meeting.State.MINUTED:
        return closed(_("The minutes are final; nothing of this meeting changes any more."))
    if meeting.state != Meeting.State.HELD or not meeting.circulated_at:
        return not_now(_("The minutes are not circulated."))
    if Confirmation.objects.of_round(meeting).filter(answered_by=user).exists():
        return closed(_("You have answered these minutes."))
    return Allowed()


def may_write_addendum(user: User, meeting: Meeting) -> Verdict:
    """What was signed is corrected by an addendum that the secretary writes (6.2.1 b)."""
    verdict = may_keep(user, meeting.body)
    if verdict and meeting.state == Meeting.State.CANCELLED:
        return closed(_("The meeting was cancelled."))
    if verdict and meeting.state != Meeting.State.MINUTED:
        return not_now(_("The minutes are not final; they can still be changed themselves."))
    return verdict


def may_sign_addendum(user: User, addendum: Addendum) -> Verdict:
    """The chair signs an addendum, and never one of his own hand."""
    if not (verdict := may_sign(user, addendum.meeting.body)):
        return verdict
    if addendum.started_by_id == user.pk:
        return Denied(_("Nobody signs minutes which he wrote, not even a part of them."))
    return in_state(addendum, Addendum.State.WRITTEN)


def may_drop_addendum(user: User, addendum: Addendum) -> Verdict:
    """The secretary puts away what nobody has signed."""
    verdict = may_keep(user, addendum.meeting.body)
    return verdict and in_state(addendum, Addendum.State.WRITTEN)
