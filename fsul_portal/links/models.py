"""Keep which records belong together."""

from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who


def kind_of_thing() -> models.ForeignKey[ContentType, ContentType]:
    return models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind of thing"))


class LinkQuerySet(models.QuerySet["Link"]):
    def of(self, thing: models.Model) -> Self:
        """Return the links of a record, whichever end it is."""
        kind = ContentType.objects.get_for_model(thing)
        first, second = Q(first_type=kind, first_id=thing.pk), Q(second_type=kind, second_id=thing.pk)
        return self.filter(first | second)

    def between(self, first: models.Model, second: models.Model, relation: str) -> Self:
        """Return the link from one record to another."""
        here, there = (ContentType.objects.get_for_model(one) for one in (first, second))
        begins, ends = Q(first_type=here, first_id=first.pk), Q(second_type=there, second_id=second.pk)
        return self.filter(begins, ends, relation=relation)

    def leading_to(self, thing: models.Model, relation: str, *, of: type[models.Model]) -> Any:
        """Return the keys of those records of a kind that lead to a record in this way."""
        kinds = ContentType.objects.get_for_models(of, type(thing))
        ends = {"second_type": kinds[type(thing)], "second_id": thing.pk}
        return self.filter(first_type=kinds[of], relation=relation, **ends).values("first_id")


class Link(models.Model):
    """Two records that belong together."""

    first_type = kind_of_thing()
    first_id = models.BigIntegerField()
    first: Any = GenericForeignKey("first_type", "first_id")
    second_type = kind_of_thing()
    second_id = models.BigIntegerField()
    second: Any = GenericForeignKey("second_type", "second_id")
    relation = models.SlugField(_("relation"), max_length=40)
    linked_at = models.DateTimeField(_("linked at"), default=timezone.now)
    linked_by = who(verbose_name=_("linked by"))

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("link between records")
        verbose_name_plural = _("links between records")
        indexes = [
            models.Index(fields=["first_type", "first_id"], name="link_of_first"),
            models.Index(fields=["second_type", "second_id"], name="link_of_second"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["first_type", "first_id", "second_type", "second_id", "relation"], name="linked_once"
            ),
            together("linked"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.relation} · {self.second}"
