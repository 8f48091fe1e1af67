"""Keep how exports of the library system are read: which column is what, whose code is whose (6.2.1 j)."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who


class ExportSourceQuerySet(models.QuerySet["ExportSource"]):
    def in_use(self) -> Self:
        return self.filter(is_used=True)


class ExportSource(models.Model):
    """An export that comes month after month, with the meaning of its columns and codes (6.2.1 j).

    headings: {code of an indicator: heading of its column}. codes: {what the export calls a library: its code here}.
    skipped: words that a cell of a row has which is no library, such as 合计.
    """

    class Several(models.TextChoices):
        SUM = "sum", _("are added up")
        LAST = "last", _("the last one counts")
        REFUSED = "refused", _("are refused")

    name = models.CharField(_("name of the export"), max_length=60, unique=True)
    library_heading = models.CharField(_("column of the library code"), max_length=100)
    period_heading = models.CharField(_("column of the month"), max_length=100, blank=True)
    headings = models.JSONField(_("columns of the indicators"), default=dict)
    codes = models.JSONField(_("codes of libraries"), default=dict, blank=True)
    skipped = models.JSONField(_("rows that are skipped"), default=list, blank=True)
    several = models.CharField(
        _("several rows of one library"), max_length=10, choices=Several.choices, default=Several.SUM
    )
    is_used = models.BooleanField(_("in use"), default=True)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    set_by = who(verbose_name=_("set by"))

    objects = ExportSourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("export of the library system")
        verbose_name_plural = _("exports of the library system")
        constraints = [together("set")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("returns:source-edit", args=[self.pk])
