"""Keep who lets a calendar program fetch what is due for him."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 32


class SecretAddress(models.Model):
    """What calendar programs fetch without a login; its key is a part of what its address is signed with, never of it.

    The heir names its VIEW, and the SALT that tells its signatures from those of others.
    """

    VIEW: ClassVar[str]
    SALT: ClassVar[str]

    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(self.VIEW, args=[self.pk, self.signature])

    @property
    def signature(self) -> str:
        return salted_hmac(self.SALT, f"{self.pk}:{self.key}", algorithm="sha256").hexdigest()

    def is_signed_by(self, signature: str) -> bool:
        return constant_time_compare(self.signature, signature)


class Feed(SecretAddress):
    """The open feed of one person."""

    VIEW, SALT = "calendar-feed", "fsul_portal.dues.feed"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feed", verbose_name=_("person")
    )

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.person)
