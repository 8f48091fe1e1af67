"""Keep the files that were made of one district or library out of a report (6.2.1 j)."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.editions.models import Edition

EXCERPT_TASK = "reports.print_excerpt"


def random_name(excerpt: "Excerpt", filename: str) -> str:
    """Return a name for the store that tells nothing and cannot be guessed; the label is given at download."""
    return f"excerpts/{secrets.token_hex(16)}.pdf"


class Excerpt(models.Model):
    """What an edition says of one district or library, as a file; there is a row when the file is there (6.2.1 j).

    place: the code of the district or library, as the edition knows it.
    """

    class Language(models.TextChoices):
        CHINESE = "zh-hans", _("Chinese")
        ENGLISH = "en", _("English")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="excerpts", verbose_name=_("edition"))
    place = models.CharField(_("district or library"), max_length=20)
    language = models.CharField(_("language"), max_length=7, choices=Language.choices)
    pdf = models.FileField("PDF", upload_to=random_name)
    made_on = models.DateTimeField(_("made on"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        # Whoever may read the edition may read what was taken out of it.
        default_permissions = ()
        verbose_name = _("excerpt of a report")
        verbose_name_plural = _("excerpts of reports")
        constraints = [
            models.UniqueConstraint(fields=["edition", "place", "language"], name="excerpt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.place}"
