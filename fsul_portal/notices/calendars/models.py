"""Keep the event of which a notice speaks, so that its mail can carry it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.notices.models import Notice


class NoticeEvent(models.Model):
    """What a calendar takes from one notice: when and where something takes place, or that it does not."""

    notice = models.OneToOneField(
        Notice, models.CASCADE, primary_key=True, related_name="event", verbose_name=_("notice")
    )
    uid = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    # Signed for one person: it stands in his mail alone.
    reply_link = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("event of a notice")
        verbose_name_plural = _("events of notices")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_begin")
        ]

    def __str__(self) -> str:
        return self.title
