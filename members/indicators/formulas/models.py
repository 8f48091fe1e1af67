"""Keep the figures that are reckoned from others, such as loans a head (6.2.1 j)."""

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.words import in_own_language

MOST_DECIMALS = 4


class Formula(models.Model):
    """A figure over the codes of others: reckoned where it is shown, never stored, summed or averaged (6.2.1 j)."""

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[RegexValidator(r"^K\d{2}$")])
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=20)
    unit_en = models.CharField(_("English unit"), max_length=20)
    expression = models.CharField(_("formula"), max_length=200)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2, validators=[MaxValueValidator(MOST_DECIMALS)])

    class Meta:
        ordering = ["code"]
        verbose_name = _("reckoned figure")
        verbose_name_plural = _("reckoned figures")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:formula-edit", args=[self.code])

    @property
    def title(self) -> str:
        return in_own_language(self.name, self.name_en)

    @property
    def unit_title(self) -> str:
        return in_own_language(self.unit, self.unit_en)
