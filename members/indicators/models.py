"""Keep the dictionary of indicators: what is counted, in which unit, and how it adds up (6.2.1 j)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Indicator(models.Model):
    """One figure that libraries report; the codes follow the portal's own dictionary (6.2.1 j)."""

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

    class Meta:
        ordering = ["sort", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self):
        return f"{self.code} {self.title}"

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
    def is_additive(self):
        return self.over_libraries == self.OverLibraries.SUM

    @property
    def is_stock(self):
        return self.over_time == self.OverTime.LAST


def in_own_language(chinese: str, english: str) -> str:
    """Return what is kept in two languages in that of the reader."""
    return english if (get_language() or "").startswith("en") else chinese
