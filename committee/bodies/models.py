"""Keep the bodies that meet, each with its own numbers, quorum and plan of the year (6.2.1 b)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from committee.bodies.kinds import COMMITTEE, KEEP, KINDS, SIGN, Kind, bodies_where, people_on
from fsul_portal.access.rules import holds, holds_on, people_in_role
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import in_own_language
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

# Whoever holds one of these reads the meetings of every body.
READERS = ("members.oversee_libraries", KEEP, SIGN)


def reads_all(user: User) -> bool:
    return any(holds(user, permission) for permission in READERS)


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, user: User) -> Self:
        """Committee, office and leads read of all bodies, everybody else of those to which he belongs."""
        if reads_all(user):
            return self
        return self.filter(bodies_where(lambda kind: kind.reads(user))) if user.is_active else self.none()

    def kept_by(self, user: User) -> Self:
        """Return the bodies whose meetings somebody calls and keeps."""
        own = bodies_where(lambda kind: kind.kept_by(user)) if user.is_active else Q(pk__in=[])
        return self.filter(own | Q(kind=COMMITTEE) if holds(user, KEEP) else own)

    def standing(self) -> Self:
        return self.filter(state=Body.State.STANDING)

    def committee(self) -> "Body":
        """Return the body of the committee, which is there from the first start."""
        facts = {"name": "专业委员会", "name_en": "Committee"}
        return self.get_or_create(kind=COMMITTEE, defaults=facts)[0]


class Body(Life):
    """A body that meets: the committee, a working group, a district with its libraries (6.2.1 b, 7.4)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": Seat(_("secretary of the coordination office"), KEEP)}

    class State(models.TextChoices):
        STANDING = "standing", pgettext_lazy("body", "meets")
        CLOSED = "closed", _("closed")

    MOVES = {State.STANDING: {State.CLOSED}, State.CLOSED: set()}

    kind = models.CharField(_("kind"), max_length=20)
    content_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of thing")
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    place: Any = GenericForeignKey()
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    heads = models.CharField(_("quorum by heads"), max_length=20, blank=True)
    units = models.CharField(_("quorum by units"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STANDING)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))

    objects: ClassVar[Any] = BodyQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["pk"]
        verbose_name = _("body that meets")
        verbose_name_plural = _("bodies that meet")
        constraints = [
            *Life.Meta.constraints,
            together("closed"),
            models.UniqueConstraint(fields=["content_type", "object_id"], name="body_once_on_a_place"),
            models.UniqueConstraint(fields=["kind"], condition=Q(object_id__isnull=True), name="one_body_on_no_place"),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="a_place_is_kind_and_key",
            ),
        ]

    def __str__(self) -> str:
        return in_own_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("committee:body-detail", args=[self.pk])

    @property
    def sort_of(self) -> Kind:
        return KINDS[self.kind]

    @property
    def is_committee(self) -> bool:
        return self.kind == COMMITTEE

    def place_of(self, key: str) -> Any:
        return self.place

    def grants(self, user: User, permission: str) -> bool:
        """Say whether the user holds a permission of this kind of body here."""
        if self.is_committee:
            return holds(user, permission)
        return holds_on(user, permission, self.content_type_id, self.object_id)

    def may_attach(self, user: User) -> Verdict:
        """Whoever keeps its meetings keeps its papers."""
        if self.grants(user, self.sort_of.keep):
            return Allowed()
        return Denied(gettext("Files are kept here by %(keeper)s.") % {"keeper": self.sort_of.keeper})

    def people_in(self, key: str) -> Any:
        """Whoever keeps the meetings of this body, by the permission of its kind."""
        return people_in_role("secretary") if self.is_committee else people_on(self.sort_of.keep, self.place)


class PlannedQuerySet(models.QuerySet["PlannedMeeting"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(body__in=Body.objects.visible_to(user))

    def to_call(self) -> Self:
        """Return what nobody has called yet, of bodies that still meet."""
        return self.filter(meeting__isnull=True, body__state=Body.State.STANDING)

    def from_this_year(self) -> Self:
        """Return what is planned for this year and later ones."""
        return self.filter(day__gte=date(timezone.localdate().year, 1, 1))


class PlannedMeeting(models.Model):
    """A meeting that the plan of a year foresees; it is called for it, or the plan is changed (6.2.1 b)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="planned", verbose_name=_("body"))
    day = models.DateField(_("planned for"))
    subject = models.CharField(pgettext_lazy("meeting", "subject"), max_length=200, blank=True)
    meeting = models.OneToOneField(
        "committee.Meeting", models.SET_NULL, null=True, blank=True, related_name="planned", verbose_name=_("meeting")
    )

    objects: ClassVar[Any] = PlannedQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("planned meeting")
        verbose_name_plural = _("planned meetings")
        constraints = [models.UniqueConstraint(fields=["body", "day"], name="planned_once_a_day")]

    def __str__(self) -> str:
        return self.subject or str(self.day)

    def get_absolute_url(self) -> str:
        return self.body.get_absolute_url()
