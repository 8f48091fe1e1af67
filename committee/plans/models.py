"""Keep the plans of the system, their indicators, and what each year has brought (6.1 b)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.documents.models import CommitteePaper, CommitteePaperQuerySet
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault
from fsul_portal.numbers.series import series
from fsul_portal.papers.models import Edition, Opinion

SERIES = series("plan", gettext_lazy("Plans"), "FSUL-GH-{year}-{number:02}")
WAY = "plan"
DIGITS, DECIMALS = 16, 2


class PlanQuerySet(CommitteePaperQuerySet):
    def covering(self, day: date) -> Self:
        """Return the plans that are in force on a day and speak of its year."""
        return self.in_force(day).filter(first_year__lte=day.year, last_year__gte=day.year)

    def monitored(self) -> Self:
        """Return the plans to which the values of the years are entered."""
        return self.filter(state__in=[Plan.State.ISSUED, Plan.State.IN_FORCE])


class Plan(CommitteePaper):
    """A plan of the system over some years, with its indicators (6.1 b)."""

    class Kind(models.TextChoices):
        LONG = "long", gettext_lazy("medium or long-term plan")
        ONE_YEAR = "one_year", gettext_lazy("plan of a year")
        SPECIAL = "special", gettext_lazy("plan for one field")

    SERIES: ClassVar = SERIES

    kind = models.CharField(gettext_lazy("kind"), max_length=8, choices=Kind.choices, default=Kind.LONG)
    first_year = models.PositiveSmallIntegerField(pgettext_lazy("plan", "first year"))
    last_year = models.PositiveSmallIntegerField(pgettext_lazy("plan", "last year"))

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta(CommitteePaper.Meta):
        verbose_name = pgettext_lazy("committee", "plan")
        verbose_name_plural = pgettext_lazy("committee", "plans")
        constraints = [
            *CommitteePaper.Meta.constraints,
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_began"),
        ]

    @property
    def way(self) -> str:
        return WAY

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    def get_absolute_url(self) -> str:
        return reverse("committee:systemplan-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """Return what speaks against its years."""
        if self.last_year < self.first_year:
            return [Fault("last_year", _("A plan does not end before it begins."))]
        return []

    def first_review(self, in_force_on: date) -> date:
        """Return the day of the mid-term review: the end of June after half of its years, never before it is issued."""
        middle = date(self.first_year + len(self.years) // 2, 6, 30)
        return max(middle, super().first_review(in_force_on)) if middle <= in_force_on else middle


class PlanEdition(Edition):
    """A text of a plan (6.1 b)."""

    paper = models.ForeignKey(Plan, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        verbose_name = gettext_lazy("edition of a plan")
        verbose_name_plural = gettext_lazy("editions of plans")


class PlanOpinion(Opinion):
    """An opinion on a plan, and what became of it (6.1 b)."""

    paper = models.ForeignKey(Plan, models.PROTECT, related_name="consulted")

    class Meta(Opinion.Meta):
        verbose_name = gettext_lazy("opinion on a plan")
        verbose_name_plural = gettext_lazy("opinions on plans")


def amount(words: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(words, max_digits=DIGITS, decimal_places=DECIMALS, **options)


class PlanIndicator(models.Model):
    """What a goal of a plan is measured by: base, target, and whether libraries report it (6.1 b).

    code: of the indicator that libraries report; its values are added up from their returns and typed by nobody.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="indicators", verbose_name=pgettext_lazy("committee", "plan")
    )
    goal = models.CharField(gettext_lazy("goal"), max_length=200)
    title = models.CharField(gettext_lazy("indicator"), max_length=100, blank=True)
    code = models.CharField(gettext_lazy("reported as"), max_length=6, blank=True)
    unit = models.CharField(pgettext_lazy("measure", "unit"), max_length=20, blank=True)
    source = models.CharField(gettext_lazy("source"), max_length=200, blank=True)
    base_year = models.PositiveSmallIntegerField(gettext_lazy("base year"))
    base = amount(gettext_lazy("base"))
    target = amount(gettext_lazy("target"))

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("indicator of a plan")
        verbose_name_plural = gettext_lazy("indicators of plans")
        constraints = [
            models.UniqueConstraint(fields=["plan", "title", "code"], name="plan_indicator_once"),
            models.CheckConstraint(
                condition=~Q(code="") | (~Q(source="") & ~Q(title="")), name="plan_indicator_reported_or_sourced"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def named(self, titles: Mapping[str, str]) -> str:
        """Return its name; a reported one has the name that it has in the dictionary, in the reader's language."""
        return self.title or titles.get(self.code, self.code)


class PlanValue(models.Model):
    """What a year has brought for an indicator that libraries do not report, with its source (6.1 b)."""

    indicator = models.ForeignKey(
        PlanIndicator, models.PROTECT, related_name="values", verbose_name=gettext_lazy("indicator of a plan")
    )
    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    value = amount(gettext_lazy("value"))
    source = models.CharField(gettext_lazy("source"), max_length=200)
    entered_at = models.DateTimeField(gettext_lazy("entered at"), default=timezone.now)
    entered_by = who(verbose_name=gettext_lazy("entered by"))

    class Meta:
        ordering = ["year"]
        verbose_name = gettext_lazy("value of a year")
        verbose_name_plural = gettext_lazy("values of years")
        constraints = [
            together("entered"),
            models.UniqueConstraint(fields=["indicator", "year"], name="plan_value_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"
