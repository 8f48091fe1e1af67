"""Say which role a person holds, where, since when, and who gave it."""

from typing import Any, Self, cast

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.roles import ROLES
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import Words
from fsul_portal.users import User


def role_choices() -> list[tuple[str, Words]]:
    return [(role.key, role.title) for role in ROLES.values()]


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def on(self, place: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(place), object_id=place.pk)

    def with_places(self) -> Self:
        """Fetch the places along; places that are named by their facts get these with one query for all."""
        kinds = ContentType.objects.filter(pk__in=self.order_by().values("content_type"))
        everything: list[Any] = [kind.model_class()._default_manager.all() for kind in kinds]
        named = [places.with_facts() if hasattr(places, "with_facts") else places for places in everything]
        return self.prefetch_related(GenericPrefetch("place", named))


class Grant(models.Model):
    """A role held by a person, on one place or on the whole portal."""

    # The column would take a role of nobody; no action writes one.
    person = cast(models.ForeignKey[User, User], who(related_name="grants", verbose_name=_("person")))
    role = models.CharField(_("role"), max_length=40, choices=role_choices)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, verbose_name=_("kind of thing")
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    place: Any = GenericForeignKey()
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now)
    granted_by = who(verbose_name=_("granted by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = who(verbose_name=_("ended by"))

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["person", "role"]
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "content_type", "object_id"],
                condition=Q(ended_at__isnull=True, object_id__isnull=False),
                name="grant_once_on_a_place",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True, object_id__isnull=True),
                name="grant_once_on_the_portal",
            ),
            together("granted"),
            together("ended"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {ROLES[self.role].title}" + (f" · {self.place}" if self.object_id else "")
