"""Keep how many people live in a division, year by year (6.2.1 j)."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.libraries.models import Division

FIRST_YEAR, LAST_YEAR = 1949, 2199


class Population(models.Model):
    """The people who live in a division in a year, with the source that says so; no year stands for another."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="populations", verbose_name=_("division"))
    year = models.PositiveSmallIntegerField(_("year"))
    people = models.PositiveBigIntegerField(_("population"), validators=[MinValueValidator(1)])
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["-year", "division__sort", "division__code"]
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [models.UniqueConstraint(fields=["division", "year"], name="population_once_a_year")]

    def __str__(self) -> str:
        return f"{self.division} {self.year}"

    @property
    def said(self) -> dict[str, Any]:
        """Return what a file says of it."""
        return {"people": self.people, "source": self.source}
