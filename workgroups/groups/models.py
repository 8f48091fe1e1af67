"""Keep the working groups of the committee, their people and the clauses they are charged with (5.2)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import places_held
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import in_own_language
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from members.bodies.models import Tenure, TenureQuerySet
from members.bodies.rules import KEEP, keeps_seats

TAKE_PART = "workgroups.take_part"
KEEPER = Seat(_("secretary of the coordination office"), KEEP)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads which groups there are."""
        return self if user.is_active else self.none()

    def standing(self) -> Self:
        return self.filter(state=Group.State.STANDING)


class Group(Life):
    """A working group under the committee; more may be founded (5.2)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": KEEPER}

    class State(models.TextChoices):
        STANDING = "standing", _("at work")
        CLOSED = "closed", _("closed")

    MOVES = {State.STANDING: {State.CLOSED}, State.CLOSED: set()}

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    clause = models.CharField(_("clause"), max_length=10, blank=True)
    sort = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STANDING)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))

    objects = GroupQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["sort", "key"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        permissions = [
            ("decide_filings", "Can decide the filings put to this group"),
            ("issue_papers", "Can issue the papers of the filings of this group"),
            ("approve_corrections", "Can approve corrections of locked figures"),
            ("approve_reports", "Can review annual reports and approve monthly ones"),
            ("take_part", "Can take part in the work of this group"),
            ("keep_meetings", "Can call and keep the meetings of this group"),
            ("sign_minutes", "Can sign rolls and minutes of this group"),
        ]
        constraints = [*Life.Meta.constraints, together("closed")]

    def __str__(self) -> str:
        return in_own_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("workgroups:group-detail", args=[self.pk])


class ChargeQuerySet(models.QuerySet["Charge"]):
    def in_force(self) -> Self:
        return self.filter(until__isnull=True)

    def as_of(self, day: date) -> Self:
        """Return what the groups were charged with on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Charge(models.Model):
    """A clause that a group is charged with, from a day on; its rights follow it (5.2)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="charges", verbose_name=_("working group"))
    clause = models.CharField(_("clause"), max_length=10)
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["clause", "since"]
        verbose_name = _("charge of a group")
        verbose_name_plural = _("charges of groups")
        constraints = [
            models.UniqueConstraint(fields=["clause"], condition=Q(until__isnull=True), name="clause_with_one_group"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="charge_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.clause


def in_charge(clause: str) -> Group | None:
    """Return the group that is charged with a clause today (5.2)."""
    return Group.objects.filter(charges__in=Charge.objects.in_force().filter(clause=clause)).first()


class MembershipQuerySet(TenureQuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        """Return beside who sat and sits what a person put forward, and what is ahead in groups of his own."""
        if keeps_seats(user):
            return self
        mine = Q(started_by=user) | Q(group__in=places_held(user, TAKE_PART, Group))
        return self.filter(mine | Q(state__in=[Tenure.State.SEATED, Tenure.State.LEFT]))

    def for_lists(self) -> Self:
        return super().for_lists().select_related("group")


class Membership(Tenure):
    """Somebody's time in a working group (5.2)."""

    class Post(models.TextChoices):
        LEAD = "lead", _("lead")
        DEPUTY = "deputy", _("deputy lead")
        MEMBER = "member", _("group member")

    SEATS: ClassVar = {"keeper": KEEPER}
    BODY: ClassVar = "group"
    POSTS: ClassVar = {
        Post.LEAD: (("group-lead", True), ("group-overseer", False)),
        Post.DEPUTY: (("group-deputy", True), ("group-overseer", False)),
        Post.MEMBER: (("group-member", True),),
    }
    ONE_AT_A_TIME: ClassVar = (Post.LEAD,)

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships", verbose_name=_("working group"))
    post = models.CharField(_("post"), max_length=10, choices=Post.choices, default=Post.MEMBER)
    expertise = models.CharField(_("expertise"), max_length=100, blank=True)
    clauses = models.JSONField(_("responsible for"), default=list, blank=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta(Tenure.Meta):
        ordering = ["pk"]
        verbose_name = _("membership of a working group")
        verbose_name_plural = _("memberships of working groups")
        constraints = [
            *Tenure.Meta.constraints,
            models.UniqueConstraint(fields=["group"], condition=Q(state="seated", post="lead"), name="one_lead"),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(state="seated"), name="once_in_a_group_at_a_time"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("workgroups:membership-detail", args=[self.pk])

    @property
    def body(self) -> Group:
        return self.group

    @property
    def place(self) -> Group:
        return self.group
