"""Keep what was sent between the look at it and the confirmation, and what became of it."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.intake.kinds import kind_named
from fsul_portal.users import User


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(sent_by=user)


class Upload(models.Model):
    """A file that somebody sent: how it is to be read, what is wished, what was found, and when it was taken in.

    key: the random name under which it lies on disk. reading: the words that `read_sheet` was told. found: what the
    look at it found, as `findings.found_in` says it, with the digest of the plan.
    """

    key = models.CharField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    name = models.CharField(_("file"), max_length=120)
    wishes = models.JSONField(_("wishes"), default=dict)
    reading = models.JSONField(_("how it is read"), default=dict)
    found = models.JSONField(_("what was found"), default=dict)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    sent_by = who(verbose_name=_("sent by"))
    taken_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    taken_by = who(verbose_name=_("taken in by"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        constraints = [together("sent"), together("taken")]
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return kind_named(self.kind).address("preview", self.key)
