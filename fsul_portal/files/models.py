"""Keep files with the record they belong to."""

import uuid
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.files.contents import BY_NAME
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import HangsOnThing, OfThingQuerySet


def random_name(attachment: models.Model | None = None, name: str = "") -> str:
    """Return a place that says nothing about the file and that nobody guesses."""
    key = uuid.uuid4().hex
    return f"attachments/{key[:2]}/{key}"


class AttachmentQuerySet(OfThingQuerySet["Attachment"]):
    def standing(self) -> Self:
        """Return the newest version of each file that was not withdrawn."""
        return self.filter(replaced_by__isnull=True, withdrawn_at__isnull=True)


class Attachment(HangsOnThing):
    """One version of a file of a record; it is never changed and never deleted."""

    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=10)
    size = models.PositiveBigIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    file = models.FileField(_("file"), upload_to=random_name)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    attached_at = models.DateTimeField(_("attached at"), default=timezone.now)
    attached_by = who(verbose_name=_("attached by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))
    withdrawn_note = models.TextField(_("reason"), blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta(HangsOnThing.Meta):
        abstract = False
        ordering = ["attached_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [together("attached"), together("withdrawn")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file-download", args=[self.pk])

    @property
    def content_type_sent(self) -> str:
        return BY_NAME[self.kind].content_type
