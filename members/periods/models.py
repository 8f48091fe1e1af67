"""Keep the periods that are reported for, and whether they are locked (6.2.1 j)."""

import calendar
import re
from collections.abc import Collection
from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.templatetags.figures import period as in_words

PERIOD_CODE = re.compile(r"\A(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?\Z")


class PeriodQuerySet(models.QuerySet["Period"]):
    def months_of(self, year: int | str) -> Self:
        return self.filter(code__startswith=f"{year}-")


class Period(models.Model):
    """A month (2025-03), or a year (2025) for what is asked once a year and for history (6.2.1 j)."""

    code = models.CharField(_("period"), max_length=7, unique=True, validators=[RegexValidator(PERIOD_CODE)])
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    version = models.PositiveIntegerField(_("version"), default=0)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    locked_by = who(verbose_name=_("locked by"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-code"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [together("locked")]
        permissions = [("lock_months", "Can lock months")]

    def __str__(self) -> str:
        return in_words(self.code)

    def get_absolute_url(self) -> str:
        return reverse("months:month-detail", args=[self.code])

    @property
    def is_year(self) -> bool:
        return len(self.code) == 4

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def year(self) -> int:
        return int(self.code[:4])

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def period_named(code: str) -> Period:
    """Return the period of that code as it is stored, else one that is not stored yet; ValueError when it is none."""
    fresh = period_unstored(code)
    return Period.objects.select_related("locked_by").filter(code=code).first() or fresh


def periods_named(codes: Collection[str]) -> dict[str, Period]:
    """Return the periods of several codes, as `period_named` does of one, for one query."""
    stored = {one.code: one for one in Period.objects.select_related("locked_by").filter(code__in=codes)}
    return {code: stored.get(code) or period_unstored(code) for code in codes}


def period_unstored(code: str) -> Period:
    """Return the period of a code with its days alone, for what asks no more; ValueError when it is none."""
    first_day, last_day = period_days(code)
    return Period(code=code, first_day=first_day, last_day=last_day)


def this_month() -> str:
    """Return the code of the month that runs."""
    return f"{timezone.localdate():%Y-%m}"


def month_due() -> str:
    """Return the code of the month whose returns are collected now: the last one that is over."""
    return month_before(this_month())


def month_before(code: str, months: int = 1) -> str:
    """Return the code of the month so many months before, or of the year so many years before a year."""
    if len(code) == 4:
        return str(int(code) - months)
    count = int(code[:4]) * 12 + int(code[5:]) - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}"


def months_of(code: str) -> list[str]:
    """Return the months of a period's code: itself, or the twelve of a year."""
    return [code] if len(code) == 7 else [f"{code}-{month:02}" for month in range(1, 13)]


def period_days(code: str) -> tuple[date, date]:
    """Return the first and last day of a period's code; ValueError when it is none."""
    if not PERIOD_CODE.match(code):
        raise ValueError(code)
    year, month = int(code[:4]), int(code[5:] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
