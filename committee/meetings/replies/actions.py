"""Take the replies to the call of a meeting (6.2.1 b)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.meetings.models import Meeting
from committee.meetings.replies.models import Reply
from committee.meetings.replies.rules import may_enter_reply, may_reply, sits_himself
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require

FACTS = ("answer", "deputy_name", "deputy_position", "reason")


@transaction.atomic
def reply(
    meeting: Meeting,
    *,
    by: User,
    answer: str,
    person: User | None = None,
    deputy_name: str = "",
    deputy_position: str = "",
    reason: str = "",
    is_by_link: bool = False,
) -> Reply:
    """Keep what somebody replies; another reply takes its place until the meeting begins (6.2.1 b).

    person: whose reply it is, where whoever keeps the meeting enters it for somebody.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    person = person or by
    if person != by:
        require(may_enter_reply(by, meeting))
    require(may_reply(person, meeting))
    told = _as_said(meeting, answer, deputy_name, deputy_position, reason)
    known = Reply.objects.filter(meeting=meeting, person=person).first()
    before = {name: getattr(known, name) for name in FACTS} if known else None
    if known and before == told:
        return known
    moment = {"replied_at": timezone.now(), "is_by_link": is_by_link}
    given, _created = Reply.objects.update_or_create(meeting=meeting, person=person, defaults=told | moment)
    verb = "replied" if person == by else "reply entered"
    record(meeting, verb, by=by, before=before, after=told if person == by else told | {"person": str(person)})
    return given


def _as_said(meeting: Meeting, answer: str, deputy_name: str, deputy_position: str, reason: str) -> dict[str, str]:
    """Return what belongs to the answer and nothing else, or say what is missing."""
    told = dict.fromkeys(FACTS, "") | {"answer": answer}
    faults = []
    if answer == Reply.Answer.DEPUTY:
        told |= {"deputy_name": deputy_name, "deputy_position": deputy_position}
        faults += [Fault(name, _("Say who comes: name and position.")) for name in FACTS[1:3] if not told[name]]
        if deputy_name and sits_himself(deputy_name, meeting.body):
            sentence = _("%(name)s is invited himself; nobody is there for two. Name somebody else.")
            faults.append(Fault("deputy_name", sentence % {"name": deputy_name}))
    if answer == Reply.Answer.EXCUSED:
        told["reason"] = reason
        faults += [] if reason else [Fault("reason", _("Say why."))]
    if faults:
        raise Unready(faults)
    return told
