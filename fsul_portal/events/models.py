"""Keep events: planned, announced, signed up for, held with a roll, evaluated; a duty inherits the two."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault, Life
from fsul_portal.lives.rules import sits
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


class EventQuerySet(models.QuerySet["Event"]):
    def to_come(self, moment: datetime) -> Self:
        return self.filter(state=Event.State.ANNOUNCED, starts_at__gte=moment)

    def without_roll(self, moment: datetime) -> Self:
        """Return what is over and has no signed roll."""
        return self.filter(state=Event.State.ANNOUNCED, ends_at__lt=moment)


class Event(Life):
    """Something that people come to.

    Seats: keeper, invited (who may sign up for himself). The heir has a roll: an heir of Attendance with a foreign key
    `event`, related_name `roll`. Material is attached as files.
    """

    # What each heir brings.
    roll: Any

    NEEDS: ClassVar = ("keeper", "invited")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ANNOUNCED = "announced", _("announced")
        HELD = "held", pgettext_lazy("event", "held")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    MOVES = {
        State.PLANNED: {State.ANNOUNCED, State.CANCELLED},
        State.ANNOUNCED: {State.HELD, State.CANCELLED},
        State.HELD: {State.CLOSED},
        State.CLOSED: set(),
        State.CANCELLED: set(),
    }

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    sign_up_until = models.DateField(_("sign up until"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True)
    announced_by = who(verbose_name=_("announced by"))
    held_at = models.DateTimeField(_("roll signed at"), null=True, blank=True)
    held_by = who(verbose_name=_("roll signed by"))
    evaluation = models.TextField(_("evaluation"), blank=True)
    evaluated_at = models.DateTimeField(_("evaluated at"), null=True, blank=True)
    evaluated_by = who(verbose_name=_("evaluated by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = who(verbose_name=_("cancelled by"))

    objects = EventQuerySet.as_manager()

    class Meta(Life.Meta):
        abstract = True
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="%(class)s_to_come")]
        constraints = [
            *Life.Meta.constraints,
            *(together(verb) for verb in ("announced", "held", "evaluated", "closed", "cancelled")),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(app_label)s_%(class)s_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "closed"]) | Q(held_at__isnull=False),
                name="%(app_label)s_%(class)s_not_held_without_a_roll",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def faults(self) -> list[Fault]:
        if self.ends_at <= self.starts_at:
            return [Fault("ends_at", gettext("It ends before it begins."))]
        if self.sign_up_until and self.sign_up_until > timezone.localdate(self.starts_at):
            return [Fault("sign_up_until", gettext("Nobody signs up for what has begun."))]
        return []

    def signed_up(self) -> Any:
        """Return the lines of those who are expected."""
        return self.roll.filter(signed_off_at__isnull=True)

    @property
    def is_full(self) -> bool:
        return self.places is not None and self.signed_up().count() >= self.places

    def may_attach(self, user: User) -> Verdict:
        """Whoever keeps it attaches its material until it is closed (asked by the files)."""
        if self.state not in (self.State.CLOSED, self.State.CANCELLED) and sits(user, self, "keeper"):
            return Allowed()
        return Denied(gettext("Material is attached by whoever keeps the event, until it is closed."))

    def may_remark(self, user: User) -> Verdict:
        """Whoever sees it may ask about it (asked by the remarks)."""
        return Allowed()


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def present(self) -> Self:
        return self.filter(presence=Attendance.Presence.PRESENT)

    def hours_by_person(self, first: date, last: date) -> dict[int, Decimal]:
        """Return the hours of each person at events that were held from first to last, by the person's key."""
        held = self.present().filter(person__isnull=False, event__held_at__isnull=False)
        rows = held.filter(event__starts_at__date__range=(first, last)).order_by().values_list("person")
        return dict(rows.annotate(Sum("hours")))


class Attendance(models.Model):
    """One line of the roll; it says nothing about who was there until somebody has said it."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    person = who(verbose_name=_("person"))
    name = models.CharField(_("full name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    signed_up_at = models.DateTimeField(_("signed up at"), default=timezone.now)
    signed_up_by = who(verbose_name=_("signed up by"))
    is_late = models.BooleanField(_("came late"), default=False)
    signed_off_at = models.DateTimeField(_("signed off at"), null=True, blank=True)
    signed_off_by = who(verbose_name=_("signed off by"))
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, blank=True)
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, default=Decimal(0), validators=[MinValueValidator(0)]
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["unit", "name", "pk"]
        constraints = [
            together("signed_up"),
            together("signed_off"),
            models.UniqueConstraint(fields=["event", "person"], name="%(app_label)s_%(class)s_person_once"),
            models.UniqueConstraint(
                fields=["event", "name", "unit"],
                condition=Q(person__isnull=True),
                name="%(app_label)s_%(class)s_guest_once",
            ),
            models.CheckConstraint(
                condition=Q(hours=0) | Q(presence="present"), name="%(app_label)s_%(class)s_no_hours_unless_present"
            ),
        ]

    def __str__(self) -> str:
        return self.name
