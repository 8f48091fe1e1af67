"""Keep things that run out: agreements, certificates, licences, contracts; a duty inherits the entry."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault, Life


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    def standing(self) -> Self:
        """Return what was neither renewed nor ended, whether or not its days are over."""
        return self.filter(state=LedgerEntry.State.STANDING)

    def as_of(self, day: date) -> Self:
        """Return what held on that day, as the days say."""
        unended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), unended, since__lte=day)

    def running_out(self, first: date, last: date) -> Self:
        """Return what stands and has its last day from first to last, both included."""
        return self.standing().filter(until__range=(first, last))

    def run_out(self, day: date) -> Self:
        """Return what stands although its last day is over."""
        return self.standing().filter(until__lt=day)


class LedgerEntry(Life):
    """A thing with a first and, unless it is open-ended, a last day; renewed by the entry that follows it.

    Seats: keeper. WARN_BEFORE: so many days before the last one somebody is told; an heir may read them from a setting.
    """

    NEEDS: ClassVar = ("keeper",)
    WARN_BEFORE: ClassVar[tuple[int, ...]] = (90, 30, 7)

    class State(models.TextChoices):
        STANDING = "standing", _("standing")
        RENEWED = "renewed", _("renewed")
        ENDED = "ended", _("ended")

    MOVES = {State.STANDING: {State.RENEWED, State.ENDED}, State.RENEWED: set(), State.ENDED: set()}

    title = models.CharField(_("title"), max_length=200)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STANDING)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("follows")
    )
    ended_on = models.DateField(_("ends before its time on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = who(verbose_name=_("ended by"))

    objects = LedgerQuerySet.as_manager()

    class Meta(Life.Meta):
        abstract = True
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["state", "until"], name="%(class)s_running_out")]
        constraints = [
            *Life.Meta.constraints,
            together("ended"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True, ended_on__isnull=True)),
                name="%(app_label)s_%(class)s_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def faults(self) -> list[Fault]:
        if self.until and self.until < self.since:
            return [Fault("until", gettext("The last day lies before the first one."))]
        return []

    @property
    def has_run_out(self) -> bool:
        """Say whether its last day is over and nobody has renewed or ended it; it is renewed all the same."""
        return self.state == self.State.STANDING and self.until is not None and self.until < timezone.localdate()

    @property
    def next_day(self) -> date | None:
        """Return the day on which what follows it begins without a gap."""
        return self.until + timedelta(days=1) if self.until else None
