"""Keep how far each figure lies from what its library usually has: a month is looked through by it (6.2.1 j)."""

from typing import Self

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from members.libraries.models import Library
from members.periods.models import Period
from members.returns.checks.rows import Row

# What lies nearer than so many spreads is not kept; a check that asks about less looks at every return.
NEAREST = 2.0


class ScoreQuerySet(models.QuerySet["Score"]):
    def far(self, row: Row) -> Self:
        """Return the scores about which a check of what is usual asks, open house or not."""
        least = max(row.months, 1)
        known = self.filter(code__in=row.codes, months__gte=least, count__gte=least)
        recent = Q(away__gt=_limit(row, "root", "spread"))
        season = Q(same__isnull=True) | Q(same_away__gt=_limit(row, "same_root", "same_spread"))
        return known.filter(recent, season)


def _limit(row: Row, root: str, spread: str) -> Combinable:
    """Say what is too far: as `is_far` has it, in the same order, so that not the last digit differs."""
    share = Value(float(row.share)) * F(root)
    return Value(float(row.limit)) * Greatest(Value(1), share, F(spread), output_field=FloatField())


class Scored(models.Model):
    """A month of which the scores are kept, and until when what happened to its returns is in them (6.2.1 j)."""

    period = models.OneToOneField(Period, models.CASCADE, related_name="+", verbose_name=_("period"))
    upto = models.DateTimeField(_("as known at"))

    class Meta:
        default_permissions = ()
        verbose_name = _("month with scores")
        verbose_name_plural = _("months with scores")

    def __str__(self) -> str:
        return f"{self.period_id} {self.upto:%Y-%m-%d %H:%M}"


class Score(models.Model):
    """A figure that lies away from what was before it, with all that the check of what is usual asks of it (6.2.1 j).

    months: how many there were before; count: in how many of these the house was open and said a number. usual: their
    median; root: its square root; spread: their deviation; away: how far the figure lies from it, on the scale of
    counts. The same of this month of earlier years; empty where there is none.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="+", verbose_name=_("period"))
    library = models.ForeignKey(Library, models.CASCADE, related_name="+", verbose_name=_("member library"))
    code = models.CharField(_("indicator"), max_length=6)
    value = models.BigIntegerField(_("figure"))
    months = models.PositiveSmallIntegerField(_("months before"))
    count = models.PositiveSmallIntegerField(_("figures before"))
    usual = models.BigIntegerField(_("usual figure"))
    away = models.FloatField(_("distance"))
    root = models.FloatField(_("root of the usual figure"))
    spread = models.FloatField(_("spread"))
    same = models.BigIntegerField(_("usual figure of this month"), null=True)
    same_away = models.FloatField(_("distance from this month of earlier years"), null=True)
    same_root = models.FloatField(_("root of the usual figure of this month"), null=True)
    same_spread = models.FloatField(_("spread of this month"), null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("score of a figure")
        verbose_name_plural = _("scores of figures")
        constraints = [models.UniqueConstraint(fields=["period", "library", "code"], name="score_once_a_figure")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.library_id} {self.code}"
