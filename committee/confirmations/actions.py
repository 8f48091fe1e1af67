"""Circulate minutes, answer them, and correct what was signed (6.2.1 b)."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from committee.confirmations import letters
from committee.confirmations.models import Addendum, Confirmation
from committee.confirmations.rules import (
    may_call_back,
    may_circulate,
    may_confirm,
    may_drop_addendum,
    may_sign_addendum,
    may_write_addendum,
)
from committee.meetings.models import Meeting
from fsul_portal.acts.versions import require_version
from fsul_portal.calendar import add_working_days
from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require


@transaction.atomic
def circulate(meeting: Meeting, *, by: User, version: int | None = None) -> Meeting:
    """Ask everybody who was due with a vote whether the minutes are right; they do not change meanwhile (6.2.1 b)."""
    meeting = claim(meeting, may_circulate, by=by, version=version)
    last = add_working_days(timezone.localdate(), settings.MINUTES_CONFIRM_DAYS).day
    meeting.circulated_at, meeting.circulated_by, meeting.confirm_by = timezone.now(), by, last
    meeting.version += 1
    meeting.save(update_fields=["circulated_at", "circulated_by", "confirm_by", "version"])
    record(meeting, "minutes circulated", by=by, after={"confirm_by": last})
    letters.tell_circulated(meeting)
    return meeting


@transaction.atomic
def call_back(meeting: Meeting, *, by: User, version: int | None = None, note: str = "") -> Meeting:
    """Take circulated minutes back to change them; the answers to this text stay on record."""
    meeting = claim(meeting, may_call_back, by=by, version=version)
    meeting.circulated_at = meeting.circulated_by = meeting.confirm_by = None
    meeting.version += 1
    meeting.save(update_fields=["circulated_at", "circulated_by", "confirm_by", "version"])
    record(meeting, "minutes called back", by=by, note=note)
    return meeting


@transaction.atomic
def confirm(
    meeting: Meeting, *, by: User, agrees: bool, objection: str = "", version: int | None = None
) -> Confirmation:
    """Agree with the minutes, or object with a text; the secretary is told of an objection (6.2.1 b)."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require(may_confirm(by, meeting))
    require_version(meeting, version)
    assert meeting.circulated_at is not None  # the rule has asked
    answer = Confirmation.objects.create(
        meeting=meeting,
        circulated_at=meeting.circulated_at,
        agrees=agrees,
        objection="" if agrees else objection,
        answered_by=by,
    )
    record(meeting, "minutes agreed" if agrees else "minutes objected", by=by, note=answer.objection)
    if not agrees:
        letters.tell_objection(meeting, answer)
    return answer


@transaction.atomic
def write_addendum(meeting: Meeting, *, text: str, by: User, token: str = "", version: int | None = None) -> Addendum:
    """Write down what is wrong in minutes that are final; it stands once the chair has signed it (6.2.1 b)."""
    meeting = claim(meeting, may_write_addendum, by=by, version=version)
    addendum = begin(Addendum(meeting=meeting, text=text), "addendum written", by=by, token=token)
    record(meeting, "addendum written", by=by, after={"text": text})
    return addendum


@transaction.atomic
def sign_addendum(addendum: Addendum, *, by: User, version: int | None = None) -> Addendum:
    """Sign an addendum; it stands behind the minutes from now on."""
    addendum = claim(addendum, may_sign_addendum, by=by, version=version)
    addendum = step(addendum, "addendum signed", to=Addendum.State.SIGNED, pair="signed", by=by)
    letters.tell_addendum(addendum)
    return addendum


@transaction.atomic
def drop_addendum(addendum: Addendum, *, by: User, version: int | None = None, note: str = "") -> Addendum:
    """Put away an addendum that nobody has signed."""
    addendum = claim(addendum, may_drop_addendum, by=by, version=version)
    return step(addendum, "addendum dropped", to=Addendum.State.DROPPED, by=by, note=note)
