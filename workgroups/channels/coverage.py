"""Say which libraries are in no channel, and who is in one although he has left (7.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from members.divisions.models import Division
from members.libraries.models import Spell
from workgroups.channels.models import Channel, ChannelMember
from workgroups.channels.questions.models import Question

CITY = Q(district__level=Division.Level.CITY)


@dataclass(frozen=True)
class Counts:
    """How far the channels reach: libraries that serve, those in a channel, districts without one, late answers."""

    channels: int
    has_city: bool
    expected: int
    covered: int
    districts: int
    late: int

    @property
    def uncovered(self) -> int:
        return self.expected - self.covered

    @property
    def is_complete(self) -> bool:
        return self.has_city and not self.uncovered and not self.districts


def _serving(day: date) -> Any:
    """Return the spells of a day that serve, each with whether it is in a channel and its district has one."""
    members = ChannelMember.objects.filter(channel__state=Channel.State.STANDING, library=OuterRef("library"))
    in_city = members.filter(channel__district__isnull=True)
    in_own = members.filter(channel__district=OuterRef("district"))
    own = Channel.objects.standing().filter(district=OuterRef("district"))
    serving = Spell.objects.as_of(day).exclude(status__in=Spell.NOT_SERVING)
    return serving.annotate(
        is_reached=Case(When(Exists(in_city) | Exists(in_own), then=1)),
        alone=Case(When(~Exists(own) & ~CITY, then=F("district"))),
    )


def counts(day: date, at: datetime) -> Counts:
    """Count in two queries, however many libraries there are; late: answers of the year that came after their time."""
    standing = Q(state=Channel.State.STANDING)
    late = Q(questions__asked_at__year=day.year) & (
        Q(questions__replied_at__gt=F("questions__due_at"))
        | Q(questions__state=Question.State.ASKED, questions__due_at__lt=at)
    )
    kept = Channel.objects.aggregate(
        channels=Count("pk", distinct=True),
        city=Count("pk", filter=standing & Channel.IS_OF_CITY, distinct=True),
        late=Count("questions", filter=late, distinct=True),
    )
    reached = (
        _serving(day)
        .order_by()
        .aggregate(expected=Count("pk"), covered=Count("is_reached"), districts=Count("alone", distinct=True))
    )
    return Counts(kept["channels"], bool(kept["city"]), late=kept["late"], **reached)


def uncovered(day: date) -> Any:
    """Return the spells of the libraries that serve and are in no channel, as the office orders them."""
    alone = _serving(day).filter(is_reached__isnull=True).in_office_order()
    return alone.select_related("library", "district")


def without_channel(day: date) -> Any:
    """Return the districts with libraries that serve and without a channel of their own."""
    return Division.objects.filter(pk__in=_serving(day).filter(alone__isnull=False).order_by().values("district"))


def gone() -> Any:
    """Return who is in a standing channel although his account is closed."""
    members = ChannelMember.objects.filter(channel__state=Channel.State.STANDING, person__is_active=False)
    return members.select_related("person", "channel")
