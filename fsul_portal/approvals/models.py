"""The filing grammar: a matter is submitted, passes its stages, and is accepted, returned or refused."""

from collections.abc import Sequence
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.stages import Stage
from fsul_portal.approvals.turns import TurnQuerySet
from fsul_portal.approvals.ways.models import Asked, WayStage, stages_now
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import Row
from fsul_portal.records.models import Record
from fsul_portal.users import User

# The record's word for a change of what is asked for; whoever has left one is a writer of the matter.
EDITED = "edited"


class Turn(Asked):
    """One answer that a matter needs in one round, copied from its way, and the opinion that was given."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", _("agreed")
        RETURNED = "returned", _("returned for correction")
        REFUSED = "refused", _("refused")

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name=_("kind of thing"))
    object_id = models.BigIntegerField()
    matter: Any = GenericForeignKey()
    kind = models.CharField(_("kind of matter"), max_length=40)
    round = models.PositiveSmallIntegerField(_("round"))
    number = models.PositiveSmallIntegerField(_("answer"), default=1)
    place_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of place")
    )
    place_id = models.BigIntegerField(null=True, blank=True)
    placed_on: Any = GenericForeignKey("place_type", "place_id")
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_is_known = models.BooleanField(default=True)
    closed_at = models.DateTimeField(_("no longer needed since"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    note = models.TextField(_("opinion"), blank=True)
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    given_by = who(verbose_name=_("given by"))
    on_behalf_of = who(verbose_name=_("on behalf of"))
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    raised = models.PositiveSmallIntegerField(_("passed on"), default=0)

    # In whose seat he sits; `with_whom` asks for it.
    for_whom: int | None

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["step", "pk"]
        permissions = [("see_waits", "Can see who waits for whom")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "key", "number"], name="turn_once_in_a_round"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "given_by"], name="nobody_speaks_twice"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "round", "on_behalf_of"], name="nobody_is_spoken_for_twice"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, verdict="") | (Q(given_at__isnull=False) & ~Q(verdict="")),
                name="an_answer_has_a_verdict",
            ),
            together("given"),
        ]
        indexes = [
            models.Index(
                fields=["permission", "place_id"],
                condition=Q(opened_at__isnull=False, given_at__isnull=True, closed_at__isnull=True),
                name="turn_open",
            ),
            models.Index(fields=["content_type", "object_id", "round"], name="turn_of_matter"),
        ]
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self) -> str:
        return f"{self.title}: {self.get_verdict_display() or self.seat}"

    @staticmethod
    def matter_writers() -> "models.QuerySet[Writer]":
        return Writer.objects.all()

    @property
    def is_open(self) -> bool:
        return bool(self.opened_at) and self.given_at is None and self.closed_at is None

    @property
    def is_late(self) -> bool:
        """Say whether the answer came, or has still to come, after its day; late is marked, never barred."""
        answered = timezone.localdate(self.given_at) if self.given_at else timezone.localdate()
        return self.due_on is not None and self.closed_at is None and answered > self.due_on


class Writer(models.Model):
    """Somebody who had a hand in a matter when it was submitted; he answers none of its turns."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name=_("kind of thing"))
    object_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(_("round"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("writer of a matter")
        verbose_name_plural = _("writers of matters")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "round", "person"], name="writer_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


def turns_along() -> "models.Prefetch[Any]":
    """Fetch the turns of matters along with who answered them."""
    return models.Prefetch("turns", queryset=Turn.objects.select_related("given_by", "on_behalf_of"))


class MatterQuerySet(models.QuerySet[Row]):
    model: Any

    def open_to(self, user: User) -> Self:
        """Return the matters in which a turn is open to the user."""
        turns = Turn.objects.of_model(self.model).open_to(user)
        return self.filter(pk__in=turns.values("object_id"), state=self.model.State.SUBMITTED)

    def in_turns_of(self, user: User) -> Q:
        """Return the condition for what is open to the user, or was answered by him: a deputy reads what he signs."""
        turns = Turn.objects.of_model(self.model)
        return Q(pk__in=turns.open_to(user).values("object_id")) | Q(
            pk__in=turns.filter(given_by=user).values("object_id")
        )

    def in_hand_of(self, user: User) -> Self:
        """Return what the user keeps, or has begun or submitted where nobody else keeps it, and may still write."""
        mine = Q(keeper=user) | (Q(keeper__isnull=True) & (Q(started_by=user) | Q(submitted_by=user)))
        return self.filter(mine, state__in=[self.model.State.DRAFT, self.model.State.RETURNED])

    def named(self) -> Self:
        """Fetch along what the name of each needs."""
        return self

    def with_turns(self) -> Self:
        """Fetch along what was asked and answered: every rule of a matter looks at it."""
        return self.prefetch_related(turns_along())


class Matter(Moving, models.Model):
    """Anything that needs the agreement of others; a duty inherits it and names its stages and places."""

    # The records of who wrote it.
    WRITING: tuple[str, ...] = (EDITED,)
    # All its records, where a page has read them already.
    told: list[Record] | None = None

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("under review")
        RETURNED = "returned", _("returned for correction")
        ACCEPTED = "accepted", _("approved")
        IN_FORCE = "in_force", _("in force")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.DRAFT, State.ACCEPTED, State.RETURNED, State.REFUSED, State.WITHDRAWN},
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN},
        State.ACCEPTED: {State.IN_FORCE},
        State.IN_FORCE: set(),
        State.REFUSED: set(),
        State.WITHDRAWN: set(),
    }

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = who(verbose_name=_("started by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = who(verbose_name=_("submitted by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = who(verbose_name=_("decided by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))

    keeper = who(verbose_name=_("in the hands of"))

    turns = GenericRelation(Turn)

    class Meta:
        abstract = True
        constraints = [together("started"), together("submitted"), together("decided"), together("withdrawn")]

    @property
    def called(self) -> str:
        """Return how people call it; `named()` fetches along what that needs."""
        return str(self)

    @property
    def way(self) -> str:
        """Return the key of its kind, by which the way is found."""
        raise TypeError(f"{type(self).__name__} names no way.")

    @property
    def opinions(self) -> models.QuerySet[Turn]:
        """Return what was said about it, in the order of time."""
        given: models.QuerySet[Turn] = self.turns.given().order_by("given_at", "pk")
        return given

    def stages(self) -> Sequence[Asked | Stage]:
        """Return what it passes: the turns of its round once it was submitted, else the stages of its way."""
        turns = [turn for turn in self.turns.all() if turn.round == self.round]
        return turns if turns and self.state != self.State.DRAFT else self.stages_ahead()

    def stages_ahead(self) -> list[WayStage | Stage]:
        """Return the stages it would have to pass if it were submitted now."""
        kind = KINDS[self.way]
        return [stage for stage in stages_now(kind) if kind.applies(stage, self)]

    def writers(self) -> set[int]:
        """Return the keys of all who wrote it; none of them reviews it."""
        told = self.told
        if told is None:
            told = list(Record.objects.of(self).filter(verb__in=self.WRITING).order_by())
        edited = {one.by_id for one in told if one.verb in self.WRITING}
        hands = (self.started_by_id, self.submitted_by_id, self.keeper_id, *edited)
        return {person for person in hands if person is not None}

    def open_stages(self) -> list[Turn]:
        """Return the turns of this round that are open."""
        if self.state != self.State.SUBMITTED:
            return []
        return [turn for turn in self.turns.all() if turn.round == self.round and turn.is_open]
