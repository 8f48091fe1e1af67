"""Hang rows on any record, and ask the record itself who may read it."""

from typing import Any, Self, TypeVar

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

Row = TypeVar("Row", bound=models.Model, covariant=True)
Thing = TypeVar("Thing", bound=models.Model)


class OfThingQuerySet(models.QuerySet[Row]):
    def of(self, thing: models.Model) -> Self:
        """Return what hangs on one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def with_things(self) -> Self:
        """Fetch the records along, a query for each kind; what is named by its facts gets these too."""
        kinds = ContentType.objects.filter(pk__in=self.order_by().values("content_type"))
        everything = [named(kind.model_class()._default_manager.all()) for kind in kinds]
        return self.prefetch_related(GenericPrefetch("thing", everything))


class HangsOnThing(models.Model):
    """Name the record that something hangs on, by its kind and its key."""

    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=gettext_lazy("kind of thing")
    )
    object_id = models.BigIntegerField()
    thing: Any = GenericForeignKey()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["content_type", "object_id"], name="%(class)s_of_thing")]


def readable(model: type[Thing], user: User) -> models.QuerySet[Thing]:
    """Return the rows of a model that a person may read; a model that does not say who reads it is read by nobody."""
    rows: Any = model._default_manager.all()
    read: models.QuerySet[Thing] = rows.visible_to(user) if hasattr(rows, "visible_to") else rows.none()
    return read


def named(rows: Any) -> Any:
    """Fetch along what the rows are called by."""
    ways = (getattr(rows, name, None) for name in ("with_facts", "named"))
    return next((way() for way in ways if way), rows)


def may_read(user: User, thing: models.Model | None) -> Verdict:
    """What hangs on a record is read by those who may read the record."""
    if thing is not None and readable(type(thing), user).filter(pk=thing.pk).exists():
        return Allowed()
    return Denied(_("This belongs to a record that is not open to you."))


def kind_of(thing: models.Model) -> str:
    """Return how addresses name the kind of a record."""
    name: str = thing._meta.label_lower
    return name


def thing_or_404(user: User, kind: str, pk: int) -> Any:
    """Return the record of a kind and key, if the person may read it; of its type as little is known as of its kind."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as problem:
        raise Http404 from problem
    thing = readable(model, user).filter(pk=pk).first()
    if thing is None:
        raise Http404
    return thing
