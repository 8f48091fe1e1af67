"""Keep the sums of the returns beside them, by period, group of libraries and indicator (6.2.1 j)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.divisions.models import Division
from members.libraries.models import Spell
from members.periods.models import Period


class Grouped(models.Model):
    """How libraries stood in a period: where, as what, and whether they had left before its end."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name=_("period"))
    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("district"))
    level = models.CharField(_("level"), max_length=10, choices=Spell.Level.choices)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    left = models.BooleanField(_("left before the end"), default=False)

    class Meta:
        abstract = True


class Tally(Grouped):
    """An amount to be added: the figures of one indicator in one group; a total is the sum of its rows (6.2.1 j).

    due: something was expected of these libraries. numbers, not_applicable, closed: how many libraries said what.
    """

    due = models.BooleanField(_("expected"), default=True)
    code = models.CharField(_("indicator"), max_length=6)
    total = models.BigIntegerField(_("sum"), default=0)
    numbers = models.IntegerField(_("libraries with a number"), default=0)
    not_applicable = models.IntegerField(_("libraries to which it does not apply"), default=0)
    closed = models.IntegerField(_("libraries that were closed"), default=0)

    class Meta:
        verbose_name = _("row of sums")
        verbose_name_plural = _("rows of sums")
        indexes = [
            models.Index(fields=["code", "period"], name="tally_of_indicator"),
            models.Index(fields=["period", "code"], name="tally_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.code} {self.total:+}"


class Awaited(Grouped):
    """How many libraries of a group were expected to report, as the registry stood at a moment (6.2.1 j)."""

    libraries = models.PositiveIntegerField(_("member libraries"))
    known_at = models.DateTimeField(_("as known at"))

    class Meta:
        verbose_name = _("number of expected libraries")
        verbose_name_plural = _("numbers of expected libraries")
        constraints = [
            models.UniqueConstraint(fields=["period", "district", "level", "kind", "left"], name="awaited_once_a_group")
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.libraries}"


class Mark(models.Model):
    """The moment whose registry the sums were placed by: one row, shared by writers, moved on by the job alone.

    built_at: what was counted before there were sums is in them; a portal that is upgraded reckons them once.
    """

    known_at = models.DateTimeField(_("as known at"))
    built_at = models.DateTimeField(_("reckoned from all returns at"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of the sums")
        verbose_name_plural = _("states of the sums")

    def __str__(self) -> str:
        return f"{self.known_at:%Y-%m-%d %H:%M}"
