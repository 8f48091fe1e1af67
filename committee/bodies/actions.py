"""Let bodies meet, set their quorum, and plan their year (6.2.1 b, 7.4)."""

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.bodies.kinds import DISTRICT, KINDS
from committee.bodies.models import Body, PlannedMeeting
from committee.bodies.rules import may_set
from fsul_portal.lives.actions import claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready
from members.divisions.models import Division

# A line of a plan: its day and what it is about.
Planned = tuple[date, str]


def let_meet(kind: str, place: Model, *, name: str, name_en: str = "") -> Body:
    """Make sure that what stands on a place can meet, under its name of today; part of founding or renaming it."""
    facts = {"name": name, "name_en": name_en}
    on = {"content_type": ContentType.objects.get_for_model(place), "object_id": place.pk}
    body, fresh = Body.objects.get_or_create(**on, defaults=facts | {"kind": KINDS[kind].key})
    if not fresh and (body.name, body.name_en) != (name, name_en):
        Body.objects.filter(pk=body.pk).update(**facts)
        body.name, body.name_en = name, name_en
    return body


def meet_no_more(place: Model, *, by: User | None) -> None:
    """Close the meetings of what is closed itself; what was held stays."""
    on = {"content_type": ContentType.objects.get_for_model(place), "object_id": place.pk}
    for body in Body.objects.select_for_update(of=("self",)).filter(**on, state=Body.State.STANDING):
        step(body, "body closed", to=Body.State.CLOSED, pair="closed", by=by)


def let_districts_meet() -> int:
    """Make sure that the committee and every district can meet; return how many were new (7.4)."""
    before = Body.objects.count()
    Body.objects.committee()
    for district in Division.objects.filter(level=Division.Level.DISTRICT):
        let_meet(DISTRICT, district, name=district.name, name_en=district.name_en)
    return Body.objects.count() - before


@transaction.atomic
def set_quorum(body: Body, *, heads: str, units: str, by: User, version: int | None = None, note: str = "") -> Body:
    """Say how many have to be there at the meetings of a body from now on; signed rolls keep theirs (6.2.1 b)."""
    body = claim(body, may_set, by=by, version=version)
    return step(body, "quorum set", by=by, note=note, heads=heads, units=units)


@transaction.atomic
def plan(body: Body, *, lines: Iterable[Planned], by: User, version: int | None = None) -> Body:
    """Plan this year and the next: the lines take the place of what was planned and has not been called (6.2.1 b)."""
    body = claim(body, may_set, by=by, version=version)
    require_sound(lines := list(lines))
    known = list(body.planned.from_this_year())
    before = [_told(one.day, one.subject) for one in known]
    called = {one.day for one in known if one.meeting_id}
    body.planned.from_this_year().filter(meeting__isnull=True).delete()
    PlannedMeeting.objects.bulk_create(
        PlannedMeeting(body=body, day=day, subject=subject) for day, subject in lines if day not in called
    )
    body.version += 1
    body.save(update_fields=["version"])
    after = [_told(one.day, one.subject) for one in body.planned.from_this_year()]
    record(body, "meetings planned", by=by, before={"plan": before}, after={"plan": after})
    return body


def require_sound(lines: list[Planned]) -> None:
    """Refuse days of other years than this and the next, and two meetings on one day."""
    this_year = timezone.localdate().year
    for day, __ in lines:
        if day.year not in (this_year, this_year + 1):
            told = {"day": day, "first": this_year, "last": this_year + 1}
            raise Unready([Fault("lines", _("%(day)s is neither in %(first)s nor in %(last)s.") % told)])
    days = [day for day, __ in lines]
    if twice := next((day for day in days if days.count(day) > 1), None):
        raise Unready([Fault("lines", _("%(day)s is planned twice.") % {"day": twice})])


def plan_again(meeting: Model) -> None:
    """Let what a meeting was planned for wait for another one; part of cancelling it."""
    PlannedMeeting.objects.filter(meeting=meeting.pk).update(meeting=None)


def call_for(planned: PlannedMeeting | None, meeting: object) -> None:
    """Remember which meeting was called for what was planned; part of calling it."""
    if planned is not None:
        PlannedMeeting.objects.filter(pk=planned.pk, meeting__isnull=True).update(meeting=meeting)


def _told(day: date, subject: str) -> str:
    return f"{day} {subject}".strip()
