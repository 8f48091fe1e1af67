"""Keep the days on which work is done otherwise than from Monday to Friday."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who


class CalendarYear(models.Model):
    """A year whose holidays are known; it is known as a whole or not at all."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    set_by = who(verbose_name=_("set by"))

    class Meta:
        ordering = ["-year"]
        verbose_name = _("year of the calendar")
        verbose_name_plural = _("years of the calendar")
        permissions = [("keep_calendar", "Can set holidays and working weekends")]
        constraints = [together("set")]

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A holiday, or a day of a weekend on which work is done."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        WORKING = "working", _("working day")

    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days", verbose_name=_("year"))
    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = _("special day")
        verbose_name_plural = _("special days")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.get_kind_display()}"
