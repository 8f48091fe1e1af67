"""Keep what people remark on a record, or on one field of it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import HangsOnThing, OfThingQuerySet


class RemarkQuerySet(OfThingQuerySet["Remark"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class Remark(HangsOnThing):
    """One remark; it may be answered, and is closed when nothing more is to be said."""

    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("remark"))
    remarked_at = models.DateTimeField(_("remarked at"), default=timezone.now)
    remarked_by = who(verbose_name=_("remarked by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = who(verbose_name=_("answered by"))
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = who(verbose_name=_("closed by"))

    objects = RemarkQuerySet.as_manager()

    class Meta(HangsOnThing.Meta):
        abstract = False
        ordering = ["remarked_at", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            *(together(verb) for verb in ("remarked", "answered", "closed")),
            models.CheckConstraint(condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="no_empty_answer"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def field_in_words(self) -> str:
        """Return the label of the field, "" for a remark on the whole, or on what the code no longer knows."""
        fields = self.thing._meta.fields if self.field and self.thing else []
        return next((capfirst(field.verbose_name) for field in fields if field.name == self.field), "")
