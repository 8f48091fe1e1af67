"""Keep who was chased for what was missing (6.2.1 j)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from members.divisions.models import Division
from members.periods.models import Period

NOTE_LENGTH = 500


class Chase(models.Model):
    """The missing returns of one district, asked for once more (6.2.1 j).

    libraries: the codes of those that had not handed in. told: how many people were told.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="chases", verbose_name=_("period"))
    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("district"))
    libraries = models.JSONField(_("member libraries"), default=list)
    told = models.PositiveIntegerField(_("people told"), default=0)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    chased_on = models.DateField(_("chased on"))
    chased_at = models.DateTimeField(_("chased at"), default=timezone.now)
    chased_by = who(verbose_name=_("chased by"))

    class Meta:
        ordering = ["-chased_at", "-pk"]
        verbose_name = _("chase")
        verbose_name_plural = _("chases")
        constraints = [
            together("chased"),
            # Two who press at the same moment chase once.
            models.UniqueConstraint(fields=["period", "district", "chased_on"], name="chased_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.period}"

    def get_absolute_url(self) -> str:
        return self.period.get_absolute_url()
