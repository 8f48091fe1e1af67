"""Count what is numbered, series by series and year by year."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who


class Counter(models.Model):
    """The last number of a series in a year; its row is locked by whoever takes the next."""

    series = models.SlugField(_("series"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ["series", "-year"]
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once")]
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class NumberPattern(models.Model):
    """How the office wanted the numbers of a series written, from then on; the newest holds."""

    series = models.SlugField(_("series"), max_length=40)
    pattern = models.CharField(_("pattern"), max_length=60)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    set_by = who(verbose_name=_("set by"))

    class Meta:
        ordering = ["-set_at", "-pk"]
        verbose_name = _("pattern of numbers")
        verbose_name_plural = _("patterns of numbers")
        permissions = [("keep_numbers", "Can set the patterns of numbers")]
        constraints = [together("set")]

    def __str__(self) -> str:
        return self.pattern
