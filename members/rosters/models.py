"""Keep the rosters of the bodies, an edition for each change of their people (7.2)."""

from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import HangsOnThing, OfThingQuerySet
from fsul_portal.grammar.words import in_own_language
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict
from members.bodies.rules import may_keep
from members.divisions.models import Division
from members.libraries.models import Library


class RosterQuerySet(OfThingQuerySet["Roster"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads who is in the bodies; numbers are another matter."""
        return self if user.is_active else self.none()

    def current(self) -> Self:
        """Return the last edition of each body that still has people."""
        last = self.model.objects.order_by().values("content_type", "object_id").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"), lines__isnull=False).distinct()

    def as_of(self, day: date) -> Self:
        """Return the editions that held on a day: of each body the last one since then."""
        until = self.model.objects.order_by().filter(since__lte=day)
        last = until.values("content_type", "object_id").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"))

    def for_lists(self) -> Self:
        return self.annotate(people=Count("lines"))


class Roster(HangsOnThing):
    """An edition of the roster of a body, as it was written on its day (7.2)."""

    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    number = models.PositiveIntegerField(_("edition"))
    since = models.DateField(_("holds since"))
    known_on = models.DateField(_("change known on"))
    due_on = models.DateField(_("due on"))
    changed_zh = models.TextField(blank=True)
    changed_en = models.TextField(blank=True)
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by = who(verbose_name=_("issued by"))

    objects: Any = RosterQuerySet.as_manager()

    class Meta(HangsOnThing.Meta):
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="roster_edition_once"),
            together("issued"),
        ]

    def __str__(self) -> str:
        return gettext("Roster of %(body)s, edition %(number)s") % {"body": self.title, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("members:roster-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return in_own_language(self.title_zh, self.title_en)

    @property
    def changed(self) -> str:
        return in_own_language(self.changed_zh, self.changed_en)

    @property
    def is_late(self) -> bool:
        """Say whether it was written after its due day."""
        return timezone.localdate(self.issued_at) > self.due_on

    @property
    def body(self) -> Any:
        """Return the body by its kind and key, without the query of a fetched relation."""
        kind = ContentType.objects.get_for_id(self.content_type_id).model_class()
        assert kind is not None
        return kind._default_manager.get(pk=self.object_id)

    def may_attach(self, user: User) -> Verdict:
        """Whoever keeps the seats attaches what belongs to a roster, such as a letter."""
        return may_keep(user)


class RosterLine(models.Model):
    """A person on a roster, as he was reached on its day (7.2)."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="lines", verbose_name=_("roster"))
    position = models.PositiveSmallIntegerField(_("order"))
    person = who(verbose_name=_("account"))
    name = models.CharField(_("full name"), max_length=60)
    unit = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=_("unit"))
    unit_name = models.CharField(_("unit"), max_length=200)
    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("district"))
    post_zh = models.CharField(max_length=40)
    post_en = models.CharField(max_length=40)
    office = models.CharField(_("position at the unit"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    clauses = models.JSONField(_("responsible for"), default=list, blank=True)

    class Meta:
        ordering = ["roster", "position"]
        verbose_name = _("line of a roster")
        verbose_name_plural = _("lines of rosters")
        constraints = [models.UniqueConstraint(fields=["roster", "position"], name="roster_line_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def post(self) -> str:
        return in_own_language(self.post_zh, self.post_en)
