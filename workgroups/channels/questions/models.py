"""Keep what is asked in the channels, and how soon it was answered (7.3)."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault, Life
from fsul_portal.users import User
from members.bodies.rules import KEEP
from members.libraries.models import Library, spells_along
from workgroups.channels.models import Channel


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads what was asked and answered."""
        return self if user.is_active else self.none()

    def unanswered(self) -> Self:
        return self.filter(state=Question.State.ASKED)

    def late(self, at: datetime) -> Self:
        """Return what was answered after its time, and what has waited longer than that."""
        return self.filter(Q(replied_at__gt=F("due_at")) | Q(state="asked", due_at__lt=at))

    def for_lists(self) -> Self:
        return self.select_related("channel", "library").prefetch_related(spells_along("library__spells"))


class Question(Life):
    """A question that was put in a channel, and its answer (7.3)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": Seat(_("secretary of the coordination office"), KEEP)}

    class State(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        ANSWERED = "answered", _("answered")

    MOVES = {State.ASKED: {State.ANSWERED}, State.ANSWERED: set()}

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="questions", verbose_name=_("liaison channel"))
    library = models.ForeignKey(
        Library, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member library")
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("answer due by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    answer = models.TextField(_("answer"), blank=True)
    replied_at = models.DateTimeField(_("answered in the channel at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answer entered at"), null=True, blank=True)
    answered_by = who(verbose_name=_("answer entered by"))

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["-asked_at"]
        verbose_name = _("question in a channel")
        verbose_name_plural = _("questions in channels")
        constraints = [
            *Life.Meta.constraints,
            together("answered"),
            models.CheckConstraint(
                condition=Q(state="asked", replied_at__isnull=True) | Q(state="answered", replied_at__isnull=False),
                name="answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(40)

    def get_absolute_url(self) -> str:
        return reverse("workgroups:question-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """Nothing is asked or answered in the future, and nothing answered before it was asked."""
        now = timezone.now()
        if self.asked_at > now:
            return [Fault("asked_at", gettext("This moment is still to come."))]
        if self.replied_at and self.replied_at < self.asked_at:
            return [Fault("replied_at", gettext("It cannot be answered before it was asked."))]
        if self.replied_at and self.replied_at > now:
            return [Fault("replied_at", gettext("This moment is still to come."))]
        return []

    @property
    def is_late(self) -> bool:
        """Say whether it was, or still has to be, answered after its time."""
        return (self.replied_at or timezone.now()) > self.due_at
