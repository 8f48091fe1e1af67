"""Keep the address under which calendar programs fetch the meetings of a body (6.2.1 b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.dues.models import SecretAddress


class BodyFeed(SecretAddress):
    """The feed of one body; whoever knows its address reads when and where it meets (6.2.1 b)."""

    class Body(models.TextChoices):
        COMMITTEE = "committee", _("committee")

    VIEW, SALT = "committee:meeting-feed", "committee.meetings.feed"

    body = models.CharField(_("body"), max_length=20, choices=Body.choices, unique=True)

    class Meta:
        verbose_name = _("calendar feed of a body")
        verbose_name_plural = _("calendar feeds of bodies")

    def __str__(self) -> str:
        return self.get_body_display()
