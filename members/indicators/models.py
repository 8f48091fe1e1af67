"""Keep the dictionary of indicators: what is counted, how it adds up, and when and of whom it is asked (6.2.1 j)."""

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import in_own_language
from members.libraries.models import Spell


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_use(self) -> Self:
        """Return those which somebody is asked for or was: the others stand in the dictionary alone."""
        return self.filter(in_use=True)


class Indicator(models.Model):
    """One figure that libraries report; the codes follow the portal's own dictionary (6.2.1 j).

    in_use: somebody is asked for it, or was. asked_from, asked_until: since which month and to which, empty for always;
    asked_of: the levels of library that are asked, empty for all. valid_from, valid_until: how long it is kept at all.
    part_of: the code of the one of which it is a part; balance: what changes a stock, such as “+R01 -R03”.
    """

    class OverTime(models.TextChoices):
        SUM = "sum", _("sum of the months")
        LAST = "last", _("last month")
        NONE = "none", _("does not add up")

    class OverLibraries(models.TextChoices):
        SUM = "sum", _("sum of the libraries")
        WEIGHTED = "weighted", _("weighted mean, never added up")
        NONE = "none", _("does not add up")

    class ReportedBy(models.TextChoices):
        LIBRARY = "library", _("every library")
        DISTRICT = "district", _("central and district libraries")
        CENTRAL = "central", _("central library")
        REGISTER = "register", _("taken from the registry")
        ROOM = "room", _("taken from other records of the portal")

    class Frequency(models.TextChoices):
        MONTH = "monthly", _("every month")
        YEAR = "annual", _("once a year")

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[RegexValidator(r"^[A-Z]\d{2}$")])
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=20)
    unit_en = models.CharField(_("English unit"), max_length=20)
    over_time = models.CharField(_("over time"), max_length=10, choices=OverTime.choices)
    over_libraries = models.CharField(
        _("over libraries"), max_length=10, choices=OverLibraries.choices, default=OverLibraries.SUM
    )
    reported_by = models.CharField(
        _("reported by"), max_length=10, choices=ReportedBy.choices, default=ReportedBy.LIBRARY
    )
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.MONTH)
    iso_term = models.CharField(_("term of ISO 2789"), max_length=60, blank=True)
    part_of = models.CharField(_("part of"), max_length=6, blank=True)
    balance = models.CharField(_("balance"), max_length=60, blank=True)
    definition = models.TextField(_("definition"))
    definition_en = models.TextField(_("English definition"))
    sort = models.PositiveSmallIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)
    asked_from = models.DateField(
        _("asked from"),
        null=True,
        blank=True,
        help_text=_("The first day of the first month in which it is asked for; empty: always."),
    )
    asked_until = models.DateField(
        _("asked until"),
        null=True,
        blank=True,
        help_text=_("The last day of the last month in which it is asked for; empty: no end."),
    )
    asked_of = models.JSONField(
        _("asked of"), default=list, blank=True, help_text=_("The levels of library that are asked; none ticked: all.")
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator-detail", args=[self.code])

    def clean(self) -> None:
        """Figures are asked for by the month."""
        if self.asked_from and self.asked_from.day != 1:
            raise ValidationError({"asked_from": _("Give the first day of a month.")})
        if self.asked_until and (self.asked_until + timedelta(days=1)).day != 1:
            raise ValidationError({"asked_until": _("Give the last day of a month.")})

    @property
    def title(self):
        return in_own_language(self.name, self.name_en)

    @property
    def unit_title(self):
        return in_own_language(self.unit, self.unit_en)

    @property
    def meaning(self):
        return in_own_language(self.definition, self.definition_en)

    @property
    def first_month(self) -> str:
        return f"{self.asked_from:%Y-%m}" if self.asked_from else ""

    @property
    def levels_asked(self) -> str:
        return " · ".join(str(level.label) for level in Spell.Level if level.value in self.asked_of)

    @property
    def is_additive(self):
        return self.over_libraries == self.OverLibraries.SUM

    @property
    def is_stock(self):
        return self.over_time == self.OverTime.LAST

    @property
    def adds_over_time(self) -> bool:
        return self.over_time == self.OverTime.SUM

    @property
    def is_yearly(self) -> bool:
        return self.frequency == self.Frequency.YEAR

    @property
    def is_typed(self) -> bool:
        """Say whether a person gives it: the others follow from what the portal knows already."""
        return self.reported_by not in (self.ReportedBy.REGISTER, self.ReportedBy.ROOM)

    @property
    def last_month(self) -> str:
        return f"{self.asked_until:%Y-%m}" if self.asked_until else ""

    @property
    def is_always_asked(self) -> bool:
        days = (self.asked_from, self.asked_until, self.valid_from, self.valid_until)
        return self.in_use and not any(days) and not self.asked_of and not self.is_yearly

    def is_asked(self, last_day: date, level: str | None, *, is_year: bool = False) -> bool:
        """Say whether it is asked for in the month or year that ends on a day, of this level; None is any level.

        The one answer to the question. It governs what is missing: a figure that is there counts, asked for or not.
        """
        if not self.in_use or (self.is_yearly and not is_year):
            return False
        first_day = date(last_day.year, 1 if is_year else last_day.month, 1)
        begun = all(day is None or day <= last_day for day in (self.asked_from, self.valid_from))
        over = any(day is not None and day < first_day for day in (self.asked_until, self.valid_until))
        return begun and not over and (level is None or not self.asked_of or level in self.asked_of)
