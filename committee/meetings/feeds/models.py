"""Keep the address under which calendar programs fetch the meetings of a body (6.2.1 b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from committee.bodies.models import Body
from fsul_portal.dues.models import SecretAddress


class BodyFeed(SecretAddress):
    """The feed of one body; whoever knows its address reads when and where it meets (6.2.1 b)."""

    VIEW, SALT = "committee:meeting-feed", "committee.meetings.feed"

    body = models.OneToOneField(Body, models.PROTECT, related_name="feed", verbose_name=_("body"))

    class Meta:
        verbose_name = _("calendar feed of a body")
        verbose_name_plural = _("calendar feeds of bodies")

    def __str__(self) -> str:
        return str(self.body)
