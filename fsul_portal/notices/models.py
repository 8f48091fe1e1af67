"""Tell people: one outbox for the portal and every way out of it."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.words import Words
from fsul_portal.notices.channels import channels
from fsul_portal.notices.sending.channel import Way
from fsul_portal.users import User

SENDING_LOST_AFTER = timedelta(minutes=10)
ATTEMPTS_ALLOWED = 6


def to_a_person(related_name: str, **options: Any) -> models.ForeignKey[User, User]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, verbose_name=_("recipient"), **options
    )


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence to one person; the key keeps anybody from being told the same thing twice."""

    recipient = to_a_person("notices")
    key = models.CharField(_("key"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    # Rows written in bulk do not say which of them were new; whoever wrote them finds them by this.
    token = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("notice-open", args=[self.pk])

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, moment: datetime) -> Self:
        return self.filter(state=Delivery.State.WAITING, due_at__lte=moment).order_by("due_at")

    def failed(self) -> Self:
        return self.filter(state=Delivery.State.FAILED)

    def failed_since(self, moment: datetime) -> Self:
        """Return what failed and was due for the last time since then."""
        return self.failed().filter(due_at__gte=moment)


class Delivery(Moving, models.Model):
    """The way of a notice out of the portal; those of one bundle go to a person in one letter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    MOVES = {
        State.WAITING: {State.SENDING},
        State.SENDING: {State.SENT, State.WAITING, State.FAILED},
        State.SENT: set(),
        State.FAILED: set(),
    }

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=20)
    # A post into a group hangs on the notice of one of those who were told the same.
    robot = models.ForeignKey(
        "fsul_portal.GroupRobot", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    bundle = models.CharField(_("bundle"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], condition=models.Q(robot__isnull=True), name="delivery_once"
            ),
            models.UniqueConstraint(
                fields=["notice", "robot"], condition=models.Q(robot__isnull=False), name="post_once_in_a_group"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.notice} ({self.way_out})"

    @property
    def way_out(self) -> Words:
        """Return the channel in words; of one that is gone the name is left."""
        known = channels().get(self.channel)
        return known.title if known else self.channel


class Choice(models.Model):
    """When a channel brings one kind of thing to a person; without a row it is as the channel says."""

    person = to_a_person("notice_choices")
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    channel = models.CharField(_("channel"), max_length=20)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="choice_once")]
        verbose_name = _("choice of ways")
        verbose_name_plural = _("choices of ways")

    def __str__(self) -> str:
        return f"{self.person} · {self.kind} · {self.channel} · {self.get_way_display()}"


class Reader(models.Model):
    """The language in which a person reads letters; whoever has none reads that of the portal."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reader", verbose_name=_("recipient")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("language of letters")
        verbose_name_plural = _("languages of letters")

    def __str__(self) -> str:
        return f"{self.person} · {self.get_language_display()}"
