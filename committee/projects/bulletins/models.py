"""Keep the quarterly bulletins of the key projects, each as the projects stood (6.2.1 f)."""

import re
from datetime import date
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.calendar.days import ONE_DAY
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Begun, Fault
from fsul_portal.numbers.series import series
from fsul_portal.users import User

SERIES = series("project-bulletin", gettext_lazy("Bulletins of key projects"), "FSUL-TB-{year}-{number:02}")
QUARTER = re.compile(r"\A20[0-9]{2}-Q[1-4]\Z")


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def last_day_of(quarter: str) -> date:
    """Return the last day of a quarter such as 2026-Q3."""
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year + number // 4, number * 3 % 12 + 1, 1) - ONE_DAY


def quarter_before(day: date) -> str:
    """Return the last quarter that is over on a day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return quarter_of(first - ONE_DAY)


class ProjectBulletinQuerySet(models.QuerySet["ProjectBulletin"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads the bulletins."""
        return self if user.is_active else self.none()


class ProjectBulletin(Begun):
    """How all key projects stood at the end of a quarter (6.2.1 f).

    rows: of each project number, title, lead, responsible, colour, reasons, progress, ends_on, and its milestones that
    are overdue; the words in Chinese and in English.
    """

    quarter = models.CharField(gettext_lazy("quarter"), max_length=7, unique=True)
    number = models.CharField(pgettext_lazy("project", "number"), max_length=30, unique=True)
    as_of = models.DateField(gettext_lazy("as of"))
    rows = models.JSONField(gettext_lazy("projects"), default=list)
    summary = models.TextField(gettext_lazy("summary"), blank=True)
    started_at = models.DateTimeField(pgettext_lazy("bulletin", "made at"), default=timezone.now)
    started_by = who(verbose_name=pgettext_lazy("bulletin", "made by"))

    objects: Any = ProjectBulletinQuerySet.as_manager()

    class Meta(Begun.Meta):
        abstract = False
        ordering = ["-quarter"]
        verbose_name = gettext_lazy("bulletin of key projects")
        verbose_name_plural = gettext_lazy("bulletins of key projects")
        constraints = [*Begun.Meta.constraints, together("started")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """Return its title in the language of the reader."""
        return _("Key projects, quarter %(number)s of %(year)s") % {
            "number": self.quarter[-1],
            "year": self.quarter[:4],
        }

    def get_absolute_url(self) -> str:
        return reverse("committee:bulletin-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """Return what speaks against its quarter."""
        if not QUARTER.match(self.quarter) or last_day_of(self.quarter) >= timezone.localdate():
            return [Fault("quarter", _("This quarter is not over yet."))]
        return []
