"""Remember who did what, and what it was before and after."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from fsul_portal.records.acts import in_words


class RecordQuerySet(models.QuerySet["Record"]):
    def of(self, thing: models.Model) -> Self:
        """Return the records of one thing, newest first."""
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=thing.pk).select_related("by")


class Record(models.Model):
    """One act: never changed, never deleted."""

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    verb = models.CharField(_("act"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, verbose_name=_("kind of thing"))
    object_id = models.BigIntegerField(null=True)
    thing = GenericForeignKey()
    label = models.CharField(_("thing"), max_length=200)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    note = models.TextField(_("note"), blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-at"], name="record_of_thing")]
        verbose_name = _("record")
        verbose_name_plural = _("records")

    def __str__(self) -> str:
        return f"{self.label} · {in_words(self.verb)}"

    def changes(self) -> list[tuple[str, Any, Any]]:
        """Return (field, before, after) of each value that this act changed."""
        fields = dict.fromkeys([*self.before, *self.after])
        return [
            (field, self.before.get(field), self.after.get(field))
            for field in fields
            if self.before.get(field) != self.after.get(field)
        ]
