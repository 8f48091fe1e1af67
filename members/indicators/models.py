"""Keep the dictionary of indicators: what is counted, how it adds up, and when and of whom it is asked (6.2.1 j)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import in_own_language
from members.libraries.models import Spell


class Indicator(models.Model):
    """One figure that libraries report; the codes follow the portal's own dictionary (6.2.1 j).

    asked_from: since which month, empty for always; asked_of: the levels of library that are asked, empty for all.
    """

    class OverTime(models.TextChoices):
        SUM = "sum", _("sum of the months")
        LAST = "last", _("last month")

    class OverLibraries(models.TextChoices):
        SUM = "sum", _("sum of the libraries")
        NONE = "none", _("does not add up")

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[RegexValidator(r"^[A-Z]\d{2}$")])
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=20)
    unit_en = models.CharField(_("English unit"), max_length=20)
    over_time = models.CharField(_("over time"), max_length=10, choices=OverTime.choices)
    over_libraries = models.CharField(
        _("over libraries"), max_length=10, choices=OverLibraries.choices, default=OverLibraries.SUM
    )
    definition = models.TextField(_("definition"))
    definition_en = models.TextField(_("English definition"))
    sort = models.PositiveSmallIntegerField(_("order"), default=0)
    asked_from = models.DateField(
        _("asked from"),
        null=True,
        blank=True,
        help_text=_("The first day of the first month in which it is asked for; empty: always."),
    )
    asked_of = models.JSONField(
        _("asked of"), default=list, blank=True, help_text=_("The levels of library that are asked; none ticked: all.")
    )

    class Meta:
        ordering = ["sort", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self):
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Figures are asked for by the month."""
        if self.asked_from and self.asked_from.day != 1:
            raise ValidationError({"asked_from": _("Give the first day of a month.")})

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
    def is_always_asked(self) -> bool:
        return self.asked_from is None and not self.asked_of

    def is_asked(self, last_day: date, level: str | None) -> bool:
        """Say whether it is asked for in the period that ends on a day, of this level; None is any level.

        The one answer to the question. It governs what is missing: a figure that is there counts, asked for or not.
        """
        since = self.asked_from is None or self.asked_from <= last_day
        return since and (level is None or not self.asked_of or level in self.asked_of)
