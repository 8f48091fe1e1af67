"""Keep what the office has set for the duty of meetings: how many, when it is warned, and whom (7.1)."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committee.meetings.models import MEETINGS_A_YEAR
from committee.meetings.rolls.seats import CHAIR_AND_OFFICE
from fsul_portal.access.roles import ROLES
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import Words

FORECAST_DAYS, ESCALATE_AFTER = 30, 10
# Who may be warned: the posts of the committee and its office.
WARNABLE = ("chair", "deputy-chair", "committee-member", "secretary")


class ThresholdQuerySet(models.QuerySet["Threshold"]):
    def holding_in(self, year: int) -> Self:
        """Return what was set by the end of a year, the latest first: what is set later changes no year of before."""
        return self.filter(set_at__year__lte=year).order_by("-pk")


class Threshold(models.Model):
    """One setting of the duty of meetings; the latest row holds, earlier ones say what held before (7.1)."""

    meetings_a_year = models.PositiveSmallIntegerField(_("meetings a year"), default=MEETINGS_A_YEAR)
    # [month, day, meetings that should count by then], in the order of the year.
    warnings = models.JSONField(_("warning days"), default=list)
    forecast_days = models.PositiveSmallIntegerField(_("days of forecast before a warning day"), default=FORECAST_DAYS)
    recipients = models.JSONField(_("who is warned"), default=list)
    escalate_after = models.PositiveSmallIntegerField(
        _("working days after a warning until the chair is asked for a date"), default=ESCALATE_AFTER
    )
    set_at = models.DateTimeField(_("set at"), null=True)
    set_by = who(verbose_name=_("set by"))

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("thresholds of meetings")
        verbose_name_plural = _("thresholds of meetings")
        constraints = [
            together("set"),
            models.CheckConstraint(condition=Q(meetings_a_year__gte=MEETINGS_A_YEAR), name="never_fewer_than_7_1"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def warning_days(self, year: int) -> Iterator[tuple[date, int]]:
        """Return the warning days of a year with how many meetings should count by then."""
        for month, of_month, due in sorted(self.warnings):
            yield date(year, month, of_month), due

    @property
    def recipients_in_words(self) -> list[Words]:
        return [ROLES[role].title for role in self.recipients if role in ROLES]


def thresholds_of(year: int) -> Threshold:
    """Return what holds in a year: what the office has set, else the numbers of the house (7.1)."""
    return Threshold.objects.holding_in(year).first() or Threshold(
        warnings=[list(one) for one in settings.MEETING_WARNINGS], recipients=[*CHAIR_AND_OFFICE]
    )
