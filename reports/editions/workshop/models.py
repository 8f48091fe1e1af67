"""Keep the parts of reports that wait to be printed or are printed, by what they say (6.2.1 j)."""

import secrets
from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.things import Row

PART_TASK = "reports.print_part"
# The next edition follows within weeks; later the file would lie about for nothing.
KEPT = timedelta(days=60)


def random_name(part: "PrintedPart", filename: str) -> str:
    """Return a name for the store that tells nothing and cannot be guessed."""
    return f"parts/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1]}"


class PartQuerySet(models.QuerySet[Row]):
    def unused(self) -> Self:
        """Return what no report has asked for in a long time."""
        return self.filter(used_at__lt=timezone.now() - KEPT)


class PrintedPart(models.Model):
    """A part of a report: what is to be printed, and once that is done its PDF.

    Two reports that say the same share it: the next edition prints only what has changed.
    """

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    job = models.FileField(_("what is printed"), upload_to=random_name)
    pdf = models.FileField("PDF", upload_to=random_name, blank=True)
    used_at = models.DateTimeField(_("last asked for"), default=timezone.now, db_index=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        # Nobody but the portal itself keeps these.
        default_permissions = ()
        verbose_name = _("part of a report")
        verbose_name_plural = _("parts of reports")

    def __str__(self) -> str:
        return self.digest[:12]
