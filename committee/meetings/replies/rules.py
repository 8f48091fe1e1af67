"""Say who may reply to the call of a meeting, and who reads the replies."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committee.meetings.models import Meeting
from committee.meetings.replies.models import invited
from committee.meetings.rolls.names import spelled
from fsul_portal.access.rules import holds
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed


def may_reply(user: User, meeting: Meeting) -> Verdict:
    """Whoever sits on the committee replies until the meeting begins (6.2.1 b)."""
    if not invited().filter(pk=user.pk).exists():
        return Denied(_("Whoever sits on the committee replies to the call of a meeting."))
    return takes_replies(meeting)


def takes_replies(meeting: Meeting) -> Verdict:
    """A meeting that is called takes replies until it begins."""
    if meeting.state == Meeting.State.CANCELLED:
        return closed(_("The meeting was cancelled; no reply is needed any more."))
    if meeting.state != Meeting.State.CALLED or meeting.starts_at <= timezone.now():
        return closed(_("The meeting has begun; replies are taken no more. Who was there, the roll says."))
    return Allowed()


def may_read_replies(user: User) -> Verdict:
    """The secretary and the chair see who comes (6.2.1 b)."""
    if holds(user, "committee.keep_meetings") or holds(user, "committee.sign_minutes"):
        return Allowed()
    return Denied(_("The replies are read by the secretary of the coordination office and the chair of the committee."))


def sits_himself(deputy: str) -> bool:
    """Say whether a deputy is on the committee: he would be counted for two."""
    names = {spelled(person.get_full_name()).casefold() for person in invited()}
    return spelled(deputy).casefold() in names
