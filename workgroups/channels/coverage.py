"""Say which libraries are in no channel, and who is in one although he has left (7.3)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from members.divisions.models import Division
from members.libraries.models import Spell
from workgroups.channels.models import Channel, ChannelMember
from workgroups.channels.questions.models import Question


@dataclass(frozen=True)
class Coverage:
    """The channels of a day against the libraries that serve.

    expected: how many serve. uncovered: the spells of those in no channel. without: districts without a channel of
    their own. gone: members whose account is closed. has_city: there is a channel of the city.
    """

    expected: int
    uncovered: tuple[Spell, ...]
    without: tuple[Division, ...]
    gone: tuple[ChannelMember, ...]
    has_city: bool

    @property
    def covered(self) -> int:
        return self.expected - len(self.uncovered)

    @property
    def is_complete(self) -> bool:
        return bool(self.has_city and not self.without and not self.uncovered)


@dataclass(frozen=True)
class Counts:
    """The same in numbers alone, for a page that shows many duties; late: answers of the year that came late."""

    channels: int
    has_city: bool
    expected: int
    covered: int
    districts: int
    late: int

    @property
    def is_complete(self) -> bool:
        return self.has_city and self.covered == self.expected and not self.districts


def counts(day: date, at: datetime) -> Counts:
    """Count what `coverage` names, and the late answers of the year, in two queries."""
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
    members = ChannelMember.objects.filter(channel__state=Channel.State.STANDING, library=OuterRef("library"))
    in_city = members.filter(channel__district__isnull=True)
    in_own = members.filter(channel__district=OuterRef("district"))
    own = Channel.objects.standing().filter(district=OuterRef("district"))
    serving = Spell.objects.as_of(day).exclude(status__in=Spell.NOT_SERVING).order_by()
    reached = serving.annotate(
        is_reached=Case(When(Exists(in_city) | Exists(in_own), then=1)),
        alone=Case(When(~Exists(own) & ~Q(district__level=Division.Level.CITY), then=F("district"))),
    ).aggregate(expected=Count("pk"), covered=Count("is_reached"), districts=Count("alone", distinct=True))
    return Counts(kept["channels"], bool(kept["city"]), late=kept["late"], **reached)


def coverage(day: date) -> Coverage:
    """Return how far the channels reach the libraries of a day, in five queries."""
    standing = list(Channel.objects.standing().values_list("pk", "district_id"))
    members = ChannelMember.objects.filter(channel__in=[pk for pk, __ in standing])
    city = {pk for pk, district in standing if district is None}
    reached = set(members.exclude(library=None).values_list("library_id", "channel__district_id", "channel_id"))
    in_city = {library for library, __, channel in reached if channel in city}
    in_district = {(library, district) for library, district, __ in reached}
    serving = Spell.objects.as_of(day).exclude(status__in=Spell.NOT_SERVING).in_office_order()
    spells = list(serving.select_related("library", "district"))
    districts = {spell.district_id: spell.district for spell in spells}
    own = {district for __, district in standing}
    cities = Division.Level.CITY
    return Coverage(
        expected=len(spells),
        uncovered=tuple(
            spell
            for spell in spells
            if spell.library_id not in in_city and (spell.library_id, spell.district_id) not in in_district
        ),
        without=tuple(one for pk, one in sorted(districts.items()) if pk not in own and one.level != cities),
        gone=tuple(members.filter(person__is_active=False).select_related("person", "channel")),
        has_city=bool(city),
    )
