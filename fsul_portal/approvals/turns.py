"""Find what waits for whom: the one answer that lists, desk, letters, counts, clocks and rules read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.access.rules import people_holding
from fsul_portal.approvals.deputies import acting_in, standing_in, turns_by_absent
from fsul_portal.grammar.things import Row
from fsul_portal.users import User

if TYPE_CHECKING:
    from fsul_portal.approvals.models import Turn


@dataclass(frozen=True)
class Chair:
    """Where somebody may sit: his own seats (`whose` is himself), or those of a person who is away, in some turns."""

    whose: int
    turns: Q
    seats: Q


def chairs_of(user: User) -> list[Chair]:
    """Return the chairs of a user, his own first; kept with the user for a request, as Django keeps permissions."""
    # Not vars(user): the person of a request is wrapped, and whatever is kept there would be asked for every time.
    chairs: list[Chair] | None = getattr(user, "_chairs", None)
    if chairs is None:
        chairs = _chairs(user) if user.is_active else []
        user._chairs = chairs  # type: ignore[attr-defined]  # beside what Django keeps there
    return chairs


def _chairs(user: User) -> list[Chair]:
    stands_in = standing_in(user)
    people = Q(person=user.pk) | Q(person__in=stands_in.values("absent"))
    grants: dict[int | None, list[Grant]] = {}
    for grant in Grant.objects.in_force().filter(people).order_by("pk"):
        grants.setdefault(grant.person_id, []).append(grant)
    # Whoever is away and holds nothing leaves no chair, so most people are spared this question.
    turns = turns_by_absent(stands_in) if grants.keys() - {user.pk} else {}
    own = Chair(user.pk, Q(), Q() if user.is_superuser else seats_in(grants.get(user.pk, [])))
    return [own, *(Chair(away, turns[away], seats_in(grants.get(away, []))) for away in turns)]


def seats_in(grants: Iterable[Grant]) -> Q:
    """Return the condition under which one of these roles seats its holder at a turn."""
    seats = Q(pk__in=[])
    for grant in grants:
        rights = Q(permission__in=ROLES[grant.role].permissions)
        on = Q(place_type=grant.content_type_id, place_id=grant.object_id) if grant.object_id else Q()
        seats |= rights & on
    return seats


class TurnQuerySet(models.QuerySet[Row]):
    model: Any

    def open(self) -> Self:
        """Return what has been asked and is neither answered nor past."""
        return self.filter(opened_at__isnull=False, given_at__isnull=True, closed_at__isnull=True)

    def given(self) -> Self:
        return self.filter(given_at__isnull=False)

    def of(self, matter: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(matter), object_id=matter.pk)

    def of_model(self, model: type[models.Model]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def open_to(self, user: User) -> Self:
        """Return what waits for an answer of this user: his seat, his turn, not of his hand, and he has not spoken."""
        seated = Q(pk__in=[])
        for chair in chairs_of(user):
            seated |= self._sits(chair)
        return self.open().filter(seated).exclude(self._has_hand(user.pk))

    def with_whom(self, user: User) -> Self:
        """Add the key of the person in whose seat the user sits; empty where it is his own."""
        away = [When(self._sits(chair), then=Value(chair.whose)) for chair in chairs_of(user)[1:]]
        own = [When(self._sits(chair), then=Value(None)) for chair in chairs_of(user)[:1]]
        return self.annotate(for_whom=Case(*own, *away, default=Value(None), output_field=models.BigIntegerField()))

    def _sits(self, chair: Chair) -> Q:
        return chair.seats & chair.turns & ~self._has_hand(chair.whose)

    def _has_hand(self, person: int) -> Q:
        """Return the condition that a person wrote the matter, or has spoken in its round, himself or by a deputy."""
        same = {
            "content_type": OuterRef("content_type"),
            "object_id": OuterRef("object_id"),
            "round": OuterRef("round"),
        }
        wrote = self.model.matter_writers().filter(person=person, **same)
        spoke = self.model.objects.filter(Q(given_by=person) | Q(on_behalf_of=person), **same)
        return Q(Exists(wrote)) | Q(Exists(spoke))


def people_asked(turn: "Turn") -> models.QuerySet[User]:
    """Return the people to whom the turn is open, deputies among them: the inverse of `open_to`."""
    barred = _with_a_hand(turn)
    seated = people_holding(turn.permission, turn.placed_on).exclude(pk__in=barred)
    deputies = acting_in(turn, seated).values("deputy")
    return (
        get_user_model()
        .objects.filter(Q(pk__in=seated) | Q(pk__in=deputies), is_active=True)
        .exclude(pk__in=barred)
        .order_by("pk")
    )


def _with_a_hand(turn: "Turn") -> set[int]:
    same = {"content_type": turn.content_type_id, "object_id": turn.object_id, "round": turn.round}
    wrote = type(turn).matter_writers().filter(**same).values_list("person", flat=True)
    spoke = type(turn).objects.given().filter(**same).values_list("given_by", "on_behalf_of")
    return {*wrote, *(person for pair in spoke for person in pair if person)}
