"""Keep the terms of the committee and who sits in them (5.1)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Seat as Asked
from fsul_portal.lives.models import Fault, Life
from fsul_portal.numbers.actions import take
from fsul_portal.numbers.series import series
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict
from members.bodies.models import Tenure, TenureQuerySet
from members.bodies.rules import KEEP, may_keep

APPOINTMENTS = series("appointment", _("Letters of appointment"), "FSUL-PR-{year}-{number:03}")
KEEPER = Asked(_("secretary of the coordination office"), KEEP)


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads when the committee was appointed."""
        return self if user.is_active else self.none()

    def running(self) -> "Term | None":
        return self.filter(state=Term.State.RUNNING).first()


class Term(Life):
    """A term of the committee: it is prepared, sits, and is over when the next one sits (5.1)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": KEEPER}

    class State(models.TextChoices):
        PREPARED = "prepared", _("in preparation")
        RUNNING = "running", _("in office")
        OVER = "over", _("no longer in office")

    MOVES = {State.PREPARED: {State.RUNNING}, State.RUNNING: {State.OVER}, State.OVER: set()}

    number = models.PositiveSmallIntegerField(_("number of the term"), unique=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARED)

    objects = TermQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["-number"]
        verbose_name = _("term of the committee")
        verbose_name_plural = _("terms of the committee")
        permissions = [("keep_seats", "Can keep the seats of committee and groups")]
        constraints = [
            *Life.Meta.constraints,
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="term_ends_after_it_began"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="one_term_in_office"),
        ]

    def __str__(self) -> str:
        return gettext("term %(number)s of the committee") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("committee:term-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """A term ends after it began, and no two terms share a day."""
        if self.last_day <= self.first_day:
            return [Fault("last_day", gettext("The term ends before it begins."))]
        others = Term.objects.exclude(pk=self.pk)
        found = others.filter(first_day__lte=self.last_day, last_day__gte=self.first_day).first()
        if found:
            days = {"term": found, "first": found.first_day, "last": found.last_day}
            return [
                Fault("first_day", gettext("%(term)s lasts from %(first)s to %(last)s; terms share no day.") % days)
            ]
        if others.filter(number=self.number).exists():
            return [Fault("number", gettext("There is a term of this number already."))]
        return []

    def may_attach(self, user: User) -> Verdict:
        """Whoever keeps the seats attaches the letters of the society."""
        return may_keep(user)

    @property
    def is_overdue(self) -> bool:
        """Say whether it goes on beyond its last day because no other has begun."""
        return self.state == self.State.RUNNING and self.last_day < timezone.localdate()


class SeatQuerySet(TenureQuerySet["Seat"]):
    def for_lists(self) -> Self:
        return super().for_lists().select_related("term")


class Seat(Tenure):
    """A seat on the committee: who sits for which unit, in which post (5.1)."""

    class Post(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy chair")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("committee member")

    class Capacity(models.TextChoices):
        """As what somebody of a library may sit (5.1)."""

        IN_CHARGE = "in_charge", _("leader in charge of the system")
        HEAD = "head", _("head of a department")

    SEATS: ClassVar = {"keeper": KEEPER}
    BODY: ClassVar = "term"
    POSTS: ClassVar = {
        Post.CHAIR: (("chair", False),),
        Post.DEPUTY: (("deputy-chair", False),),
        Post.SECRETARY: (("secretary", False),),
        Post.MEMBER: (("committee-member", False),),
    }
    ONE_AT_A_TIME: ClassVar = (Post.CHAIR,)

    term = models.ForeignKey(Term, models.PROTECT, related_name="seats", verbose_name=_("term"))
    post = models.CharField(_("post"), max_length=10, choices=Post.choices, default=Post.MEMBER)
    capacity = models.CharField(_("sits as"), max_length=10, choices=Capacity.choices)
    letter_number = models.CharField(_("letter of the society"), max_length=60, blank=True)
    letter_day = models.DateField(_("day of the letter"), null=True, blank=True)
    appointment = models.CharField(_("number of the appointment"), max_length=40, blank=True)

    objects: ClassVar[Any] = SeatQuerySet.as_manager()

    class Meta(Tenure.Meta):
        ordering = ["pk"]
        verbose_name = _("seat on the committee")
        verbose_name_plural = _("seats on the committee")
        constraints = [
            *Tenure.Meta.constraints,
            models.UniqueConstraint(fields=["post"], condition=Q(state="seated", post="chair"), name="one_chair"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="seated"), name="one_seat_a_person"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("committee:seat-detail", args=[self.pk])

    @property
    def body(self) -> Term:
        return self.term

    def in_body(self) -> Any:
        return Seat.objects.all()

    def on_taking(self, since: date) -> dict[str, Any]:
        """Number the letter of appointment by the year in which the seat was taken."""
        return {"appointment": take(APPOINTMENTS, since.year).text}
