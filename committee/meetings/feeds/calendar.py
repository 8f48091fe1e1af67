"""Put what the committee's rooms have into people's calendars, all of it in one query (6.2.1 b, 6.2.1 f).

Pages of days show what every room has, and each room that asks by itself costs all of them a query.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, DateField, DateTimeField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committee.bodies.kinds import KEEP
from committee.bodies.models import Body, PlannedMeeting, reads_all
from committee.confirmations.waiting import to_confirm, to_vote
from committee.decisions.models import Decision
from committee.meetings.feeds.events import due_of
from committee.meetings.models import Meeting
from committee.projects.models import Milestone, Project
from fsul_portal.access.rules import holds
from fsul_portal.grammar.words import reads_english
from fsul_portal.rooms import Due
from fsul_portal.users import User

OWN = "own"
WORDS = {
    "planned": _("Planned meeting"),
    "vote": _("Vote closes"),
    "minutes": _("Minutes to answer"),
    "milestone": _("Milestone"),
}
PAGES = {
    "planned": "committee:body-detail",
    "vote": "committee:decision-detail",
    "minutes": "committee:meeting-detail",
    "milestone": "committee:project-detail",
}


class Row(NamedTuple):
    """A line of any kind. page: the key in its address; key: its own; state: of a meeting its state, else OWN or ""."""

    kind: str
    page: int
    key: int
    day: date | None
    title: str
    place: str
    starts_at: datetime | None
    ends_at: datetime | None
    version: int
    state: str


def on_the_calendar(user: User, first: date, last: date) -> Iterator[Due]:
    """Give meetings, planned ones, last days of votes and of answers, and milestones to those whom they concern."""
    span = (first, last)
    told = [
        _meetings(user).filter(starts_at__date__range=span),
        _planned(user).filter(day__range=span),
        _votes(user).filter(closes_on__range=span),
        _minutes(user).filter(confirm_by__range=span),
        _milestones(user).filter(due_on__range=span),
    ]
    head, *others = (rows.order_by() for rows in told)
    rows: list[Any] = sorted(head.union(*others, all=True))
    for row in map(Row._make, rows):
        if row.kind == "meeting":
            yield due_of(
                row.key,
                row.title,
                place=row.place,
                starts_at=row.starts_at or timezone.now(),
                ends_at=row.ends_at,
                version=row.version,
                is_cancelled=row.state == Meeting.State.CANCELLED,
            )
        elif row.day:
            address = reverse(PAGES[row.kind], args=[row.page])
            title = f"{row.place}: {row.title}" if row.place and row.title else row.title or row.place
            yield Due(f"{row.kind}-{row.key}", row.day, WORDS[row.kind], title, address, own=row.state == OWN)


def _line(rows: QuerySet[Any], kind: str, **values: Any) -> QuerySet[Any]:
    """Return rows as lines: what a kind does not have is empty."""
    empty: dict[str, Any] = {
        "page": F("pk"),
        "key": F("pk"),
        "day": Value(None, output_field=DateField()),
        "title": F("title"),
        "place": Value(""),
        "starts_at": Value(None, output_field=DateTimeField()),
        "ends_at": Value(None, output_field=DateTimeField()),
        "version": Value(0),
        "state": Value(""),
    }
    said = empty | values
    return rows.values_list(Value(kind), *(said[name] for name in Row._fields if name != "kind"))


def _meetings(user: User) -> QuerySet[Any]:
    read: Any = Meeting.objects.visible_to(user)
    return _line(
        read,
        "meeting",
        place=F("place"),
        starts_at=F("starts_at"),
        ends_at=F("ends_at"),
        version=F("version"),
        state=F("state"),
    )


def _planned(user: User) -> QuerySet[Any]:
    kept = Exists(Body.objects.kept_by(user).filter(pk=OuterRef("body")))
    name = F("body__name_en") if reads_english() else F("body__name")
    return _line(
        PlannedMeeting.objects.visible_to(user).to_call(),
        "planned",
        page=F("body"),
        day=F("day"),
        title=F("subject"),
        place=name,
        state=Case(When(kept, then=Value(OWN)), default=Value("")),
    )


def _votes(user: User) -> QuerySet[Any]:
    keeps = holds(user, KEEP)
    rows = Decision.objects.filter(state=Decision.State.OPEN) if keeps else to_vote(user)
    return _line(rows, "vote", day=F("closes_on"), state=Value("" if keeps else OWN))


def _minutes(user: User) -> QuerySet[Any]:
    keeps = holds(user, KEEP)
    circulated = Meeting.objects.of_committee().filter(state=Meeting.State.HELD, circulated_at__isnull=False)
    rows: Any = circulated if keeps else to_confirm(user)
    return _line(rows, "minutes", day=F("confirm_by"), state=Value("" if keeps else OWN))


def _milestones(user: User) -> QuerySet[Any]:
    """Give those of running projects: all of them to whoever reads the committee's matters, else one's own."""
    running = Project.objects.filter(state__in=[Project.State.DECIDED, Project.State.UNDER_WAY])
    rows = Milestone.objects.filter(done_on__isnull=True, project__in=running)
    if not reads_all(user):
        rows = rows.filter(project__manager=user)
    return _line(
        rows,
        "milestone",
        page=F("project"),
        day=F("due_on"),
        title=Concat("project__title", Value(" · "), "title"),
        state=Case(When(project__manager=user, then=Value(OWN)), default=Value("")),
    )
