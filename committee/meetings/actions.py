"""Call, hold and minute the meetings of the bodies (6.2.1 b)."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.agendas.actions import carry_over, put_items
from committee.agendas.lines import lines_of
from committee.bodies.actions import call_for, plan_again
from committee.bodies.models import Body, PlannedMeeting
from committee.bodies.people import invited
from committee.bodies.rules import may_set
from committee.decisions.actions import let_stand
from committee.meetings.feeds.events import event_of
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.rolls.quorum import quorum
from committee.meetings.rules import (
    may_cancel,
    may_revise,
    may_send_agenda,
    may_sign_minutes,
    may_sign_roll,
    may_write_minutes,
    may_write_roll,
)
from committee.meetings.wording import letters
from committee.meetings.wording.titles import numbers_of, suggested_title
from fsul_portal.acts.versions import require_version
from fsul_portal.lives.models import Fault
from fsul_portal.notices.actions import tell
from fsul_portal.numbers.actions import take
from fsul_portal.records.actions import record
from fsul_portal.records.lately import is_news
from fsul_portal.records.models import Record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require

# The acts after which the committee is told when and where it meets.
ANNOUNCED = ("called", "revised", "agenda sent")


@transaction.atomic
def call_meeting(
    *,
    starts_at: datetime,
    place: str,
    by: User,
    kind: str = "",
    body: Body | None = None,
    ends_at: datetime | None = None,
    planned: PlannedMeeting | None = None,
    agenda: str = "",
    title: str = "",
    token: str = "",
) -> Meeting:
    """Call a meeting under its body's next number of the year, and invite the body, once for a form (6.2.1 b).

    body: the committee, where none is named. kind: asked of the committee alone; other bodies have one kind of meeting.
    planned: the meeting of the year's plan for which it is called.
    """
    body = body or Body.objects.committee()
    require(may_set(by, body))
    _require_an_end(starts_at, ends_at)
    token = token or uuid.uuid4().hex
    known = Meeting.objects.filter(called_by=by, form_token=token).first()
    if known:
        return known
    year = timezone.localtime(starts_at).year
    facts = {
        "body": body,
        "kind": body.sort_of.meeting or kind or Meeting.Kind.JOINT,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "called_by": by,
    }
    try:
        # A form that came in twice at one moment gives its second number back.
        with transaction.atomic():
            meeting = _number_and_create(year, title, facts | {"form_token": token})
    except IntegrityError:
        return Meeting.objects.get(called_by=by, form_token=token)
    record(meeting, "called", by=by, after={"starts_at": starts_at, "place": place})
    put_items(meeting, lines_of(agenda), by=by)
    call_for(planned, meeting)
    # A meeting of the past is only put on record; nobody can come to it any more.
    if starts_at > timezone.now():
        invite(meeting, letters.invitation)
    return meeting


def invite(meeting, letter=letters.invitation):
    """Tell the body of today when and where it meets, each person once for each change; return the new notices."""
    announced = Record.objects.of(meeting).filter(verb__in=ANNOUNCED).first()
    return _tell_body(meeting, f"announced:{announced.pk}", letter, event=event_of(meeting))


def _require_an_end(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Unready([Fault("ends_at", _("A meeting ends after it has begun."))])


def _number_and_create(year, title, facts):
    number = take(numbers_of(facts["body"]), year).number
    own_title = title or suggested_title(facts["body"], facts["kind"], year, number)
    return Meeting.objects.create(year=year, number=number, title=own_title, **facts)


@transaction.atomic
def revise_meeting(meeting, *, title, starts_at, place, by, ends_at=None, version=None):
    """Change when and where a meeting is, and tell the body (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_revise(by, meeting))
    require_version(meeting, version)
    _require_an_end(starts_at, ends_at)
    wanted = {"title": title, "starts_at": starts_at, "ends_at": ends_at, "place": place}
    before = {field: getattr(meeting, field) for field in wanted if getattr(meeting, field) != wanted[field]}
    if not before:
        return meeting
    _keep(meeting, "revised", by, {field: wanted[field] for field in before}, before=before)
    if meeting.starts_at > timezone.now():
        invite(meeting, letters.changed)
    return meeting


@transaction.atomic
def send_agenda(meeting: Meeting, *, by: User, version: int | None = None) -> Meeting:
    """Send the agenda as it is now to everybody who is invited (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_send_agenda(by, meeting))
    require_version(meeting, version)
    _keep(meeting, "agenda sent", by, {}, after={"agenda": [item.title for item in meeting.items.standing()]})
    invite(meeting, letters.changed)
    return meeting


@transaction.atomic
def cancel_meeting(meeting, *, by, reason="", version=None):
    """Call a meeting off, and tell the body (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_cancel(by, meeting))
    require_version(meeting, version)
    change = {"state": Meeting.State.CANCELLED, "cancelled_at": timezone.now(), "cancelled_by": by}
    _keep(meeting, "cancelled", by, change, note=reason)
    plan_again(meeting)
    _tell_body(meeting, f"cancelled:{meeting.version}", letters.cancelled, reason, event=event_of(meeting))
    return meeting


@transaction.atomic
def write_roll(meeting: Meeting, rows: Iterable[Mapping[str, Any]], *, by: User, version: int | None = None) -> Meeting:
    """Put on record who was due and who came; the rows replace those of before (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_write_roll(by, meeting))
    require_version(meeting, version)
    before = _roll(meeting)
    meeting.roll.all().delete()
    RollEntry.objects.bulk_create([RollEntry(meeting=meeting, **row) for row in rows])
    _keep(meeting, "roll written", by, {}, before={"roll": before}, after={"roll": _roll(meeting)})
    return meeting


def _roll(meeting):
    return [list(row) for row in RollEntry.objects.filter(meeting=meeting).values_list("name", "unit", "presence")]


@transaction.atomic
def sign_roll(meeting: Meeting, *, by: User, version: int | None = None) -> Meeting:
    """Sign who was there; the meeting has been held (7.1)."""
    meeting = _lock(meeting)
    require(may_sign_roll(by, meeting))
    require_version(meeting, version)
    reached = quorum(meeting.body, list(meeting.roll.all()))
    change = {"state": Meeting.State.HELD, "roll_signed_at": timezone.now(), "roll_signed_by": by}
    _keep(meeting, "roll signed", by, change | {"is_quorate": reached.is_reached})
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, text: str, *, by: User, version: int | None = None) -> Meeting:
    """Keep the minutes as they are now; nobody overwrites what he has not seen (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_write_minutes(by, meeting))
    require_version(meeting, version)
    if text == meeting.minutes:
        return meeting
    change = {"minutes": text, "minutes_written_at": timezone.now(), "minutes_written_by": by}
    before, after = {"minutes": meeting.minutes}, {"minutes": text}
    _keep(meeting, "minutes written", by, change, before=before, after=after)
    return meeting


@transaction.atomic
def keep_minutes(meeting: Meeting, text: str, *, by: User, version: int | None = None) -> Meeting:
    """Save the minutes as a whole while they are written; one record an hour says who writes (6.2.1 b)."""
    meeting = _lock(meeting)
    require(may_write_minutes(by, meeting))
    require_version(meeting, version)
    # Nobody saves minutes without a word; the button says so.
    if text == meeting.minutes or not text.strip():
        return meeting
    before = meeting.minutes
    meeting.minutes, meeting.minutes_written_at, meeting.minutes_written_by = text, timezone.now(), by
    meeting.version += 1
    meeting.save(update_fields=["minutes", "minutes_written_at", "minutes_written_by", "version"])
    if is_news(meeting, "minutes written", by):
        record(meeting, "minutes written", by=by, before={"minutes": before}, after={"minutes": text})
    return meeting


@transaction.atomic
def sign_minutes(meeting: Meeting, *, by: User, version: int | None = None) -> Meeting:
    """Sign the minutes as final (7.1).

    Decisions stand from now on, what the minutes say nothing of is carried over, and nothing of the meeting changes any
    more.
    """
    meeting = _lock(meeting)
    require(may_sign_minutes(by, meeting))
    require_version(meeting, version)
    carry_over(meeting, by=by)
    let_stand(meeting, by=by)
    change = {"state": Meeting.State.MINUTED, "minutes_final_at": timezone.now(), "minutes_final_by": by}
    _keep(meeting, "minutes signed", by, change)
    _tell_body(meeting, f"minutes signed:{meeting.version}", letters.minutes_final)
    return meeting


def _lock(meeting):
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _keep(meeting, verb, by, change, *, before=None, after=None, note=""):
    """Save the change as the next version and put it on record; without `after` the change speaks for itself."""
    state = meeting.state
    for field, value in change.items():
        if field == "state":
            meeting.become(value)
        else:
            setattr(meeting, field, value)
    meeting.version += 1
    meeting.save(update_fields=[*change, "version", "search_words"])
    if "state" in change:
        before, after = {"state": state}, {"state": str(meeting.state)}
    record(meeting, verb, by=by, before=before, after=change if after is None else after, note=note)


def _tell_body(meeting, key, letter, *details, event=None):
    return tell(
        invited(meeting.body),
        key=f"{letters.MEETING}:{meeting.pk}:{key}",
        subject=lambda: letter(meeting, *details)[0],
        body=lambda: letter(meeting, *details)[1],
        link=meeting.get_absolute_url(),
        event=event,
    )
