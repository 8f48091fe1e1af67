"""Say who may reply to the call of a meeting, and who reads the replies."""

from django.utils import timezone
from django.utils.translation import gettext as _

from committee.bodies.models import Body
from committee.bodies.people import invited
from committee.bodies.rules import keeps, may_keep, signs
from committee.meetings.models import Meeting
from committee.meetings.rolls.names import spelled
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed


def may_reply(user: User, meeting: Meeting) -> Verdict:
    """Whoever is invited replies until the meeting begins (6.2.1 b)."""
    if not invited(meeting.body).filter(pk=user.pk).exists():
        return Denied(_("Whoever is invited replies to the call of a meeting."))
    return takes_replies(meeting)


def takes_replies(meeting: Meeting) -> Verdict:
    """A meeting that is called takes replies until it begins."""
    if meeting.state == Meeting.State.CANCELLED:
        return closed(_("The meeting was cancelled; no reply is needed any more."))
    if meeting.state != Meeting.State.CALLED or meeting.starts_at <= timezone.now():
        return closed(_("The meeting has begun; replies are taken no more. Who was there, the roll says."))
    return Allowed()


def may_enter_reply(user: User, meeting: Meeting) -> Verdict:
    """Whoever keeps the meeting enters what somebody says by telephone, as long as replies are taken (6.2.1 b)."""
    return may_keep(user, meeting.body) and takes_replies(meeting)


def may_read_replies(user: User, meeting: Meeting) -> Verdict:
    """Whoever keeps or signs the meetings of the body sees who comes (6.2.1 b)."""
    if keeps(user, meeting.body) or signs(user, meeting.body):
        return Allowed()
    told = {"keeper": meeting.body.sort_of.keeper, "signer": meeting.body.sort_of.signer}
    return Denied(_("The replies are read by %(keeper)s and %(signer)s.") % told)


def sits_himself(deputy: str, body: Body) -> bool:
    """Say whether a deputy belongs to the body: he would be counted for two."""
    names = {spelled(person.get_full_name()).casefold() for person in invited(body)}
    return spelled(deputy).casefold() in names
