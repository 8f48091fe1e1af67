"""Keep the plan of each annual report (6.1 d)."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import holds
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.notices.models import to_a_person
from fsul_portal.users import User
from members.indicators.versions.models import DictionaryVersion
from reports.editions.life.rules import READERS


class ReportPlanQuerySet(models.QuerySet["ReportPlan"]):
    def visible_to(self, user: User) -> Self:
        return self if holds(user, READERS) else self.none()


class ReportPlan(Moving, models.Model):
    """What the report of a year is to be, as the office proposes and the chair sets it (6.1 d)."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft of the plan")
        SET = "set", gettext_lazy("plan set")

    MOVES = {State.DRAFT: {State.SET}, State.SET: set()}

    year = models.PositiveSmallIntegerField(gettext_lazy("year"), unique=True)
    outline = models.TextField(gettext_lazy("outline"))
    dictionary = models.ForeignKey(
        DictionaryVersion, models.PROTECT, related_name="+", verbose_name=gettext_lazy("version of the dictionary")
    )
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(gettext_lazy("version"), default=0)
    written_at = models.DateTimeField(gettext_lazy("written at"), default=timezone.now)
    written_by = who(verbose_name=gettext_lazy("written by"))
    set_at = models.DateTimeField(gettext_lazy("set at"), null=True)
    set_by = who(verbose_name=gettext_lazy("set by"))

    objects = ReportPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = gettext_lazy("plan of an annual report")
        verbose_name_plural = gettext_lazy("plans of annual reports")
        constraints = [together("written"), together("set")]

    def __str__(self) -> str:
        return _("Plan of the annual report of %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("reports:plan-detail", args=[self.year])


class PlanPart(models.Model):
    """One part of the report: who writes it, until when (6.1 d)."""

    plan = models.ForeignKey(ReportPlan, models.CASCADE, related_name="parts", verbose_name=gettext_lazy("plan"))
    title = models.CharField(gettext_lazy("part of the report"), max_length=100)
    writer = to_a_person("report_parts")
    due_on = models.DateField(gettext_lazy("due on"))

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = gettext_lazy("part of a plan")
        verbose_name_plural = gettext_lazy("parts of a plan")
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="part_once_in_a_plan")]

    def __str__(self) -> str:
        return self.title
