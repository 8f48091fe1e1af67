"""Tell people: one outbox for the portal and the mail."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SENDING_LOST_AFTER = timedelta(minutes=10)
ATTEMPTS_ALLOWED = 6


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence to one person; the key keeps anybody from being told the same thing twice."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name=_("recipient")
    )
    key = models.CharField(_("key"), max_length=200)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("notice-open", args=[self.pk])

    @property
    def is_read(self):
        return self.read_at is not None


class DeliveryQuerySet(models.QuerySet):
    def due(self, moment):
        return self.filter(state=Delivery.State.WAITING, due_at__lte=moment).order_by("due_at")

    def failed(self):
        return self.filter(state=Delivery.State.FAILED)


class Delivery(models.Model):
    """The way of a notice out of the portal, for now by mail."""

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
    channel = models.CharField(_("channel"), max_length=20, choices=[("mail", _("mail"))], default="mail")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self):
        return f"{self.notice} ({self.get_channel_display()})"
