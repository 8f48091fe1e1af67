"""Keep the liaison channels of the city and the districts, and who is in them (7.3)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from members.bodies.rules import KEEP
from members.divisions.models import Division
from members.libraries.models import Library

OF_DISTRICT = "members.file_changes"


def districts_of_channels(channels: list[Any]) -> dict[int, Division | None]:
    return {channel.pk: channel.district for channel in channels}


class ChannelQuerySet(models.QuerySet["Channel"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who is logged in reads which channels there are."""
        return self if user.is_active else self.none()

    def standing(self) -> Self:
        return self.filter(state=Channel.State.STANDING)

    def for_lists(self) -> Self:
        return self.select_related("district", "owner").annotate(
            members_count=models.Count("members"),
            strangers=models.Count("members", filter=Q(members__library__isnull=True)),
        )


class Channel(Life):
    """A standing channel of the city or of a district, on a platform of others (7.3)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": Seat(_("secretary of the coordination office"), KEEP)}

    class Platform(models.TextChoices):
        WECOM = "wecom", _("WeCom")
        WECHAT = "wechat", _("WeChat")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu")
        QQ = "qq", "QQ"
        OTHER = "other", _("another platform")

    class State(models.TextChoices):
        STANDING = "standing", _("standing")
        CLOSED = "closed", _("closed")

    MOVES = {State.STANDING: {State.CLOSED}, State.CLOSED: set()}

    name = models.CharField(_("name"), max_length=60)
    district = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    platform = models.CharField(_("platform"), max_length=10, choices=Platform.choices, default=Platform.WECOM)
    owner = who(verbose_name=_("owner of the channel"))
    admins = models.CharField(_("administrators"), max_length=200, blank=True)
    rules = models.TextField(_("rules of the channel"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STANDING)
    listed_at = models.DateTimeField(_("members taken in at"), null=True, blank=True)
    listed_by = who(verbose_name=_("members taken in by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))

    IS_OF_CITY: ClassVar = Q(district__isnull=True)

    objects: ClassVar[Any] = ChannelQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["district__sort", "pk"]
        verbose_name = _("liaison channel")
        verbose_name_plural = _("liaison channels")
        constraints = [*Life.Meta.constraints, together("listed"), together("closed")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workgroups:channel-detail", args=[self.pk])

    def kept_by(self, user: User) -> bool:
        """Say whether somebody works for the district of the channel."""
        return self.district is not None and holds(user, OF_DISTRICT, self.district)


class ChannelMember(models.Model):
    """A line of the list that was copied from the platform, and whom it was matched to (7.3)."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="members", verbose_name=_("liaison channel"))
    written = models.CharField(_("as written"), max_length=100)
    person = who(verbose_name=_("account"))
    library = models.ForeignKey(
        Library, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member library")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("member of a channel")
        verbose_name_plural = _("members of channels")
        constraints = [models.UniqueConstraint(fields=["channel", "written"], name="in_a_channel_once")]

    def __str__(self) -> str:
        return self.written
