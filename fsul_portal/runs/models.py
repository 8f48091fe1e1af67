"""Keep long work in a row of its own: the broker may forget it, the row does not."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.text import clean
from fsul_portal.grammar.things import Row
from fsul_portal.grammar.words import Spoken, in_both, in_own_language
from fsul_portal.users import User

LOSSES_ALLOWED = 3
NO_MESSAGE = {"message": "", "message_en": ""}


def kept(name: str, words: Spoken, most: int) -> dict[str, str]:
    """Return the two columns in which words of a run are kept, for readers of either language."""
    chinese, english = (clean(one)[:most] for one in in_both(words))
    return {name: chinese, f"{name}_en": english}


class RunQuerySet(models.QuerySet[Row]):
    def unpublished(self) -> Self:
        """Return what waits and was never handed to the broker, or so long ago that it may have been lost."""
        stale = timezone.now() - timedelta(seconds=settings.RUN_PUBLISH_AGAIN_SECONDS)
        return self.filter(
            Q(published_at__isnull=True) | Q(published_at__lt=stale),
            state=Run.State.QUEUED,
            not_before__lte=timezone.now(),
        )

    def lost(self) -> Self:
        """Return what claims to be running although its worker has not been heard of."""
        silent_since = timezone.now() - timedelta(seconds=settings.RUN_LOST_AFTER_SECONDS)
        return self.filter(state=Run.State.RUNNING, heartbeat_at__lt=silent_since)

    def visible_to(self, user: User) -> Self:
        return self.filter(requested_by=user)


class Run(Moving, models.Model):
    """One piece of long work: asked for once under its key, done once, whatever happens to the worker."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    MOVES = {
        State.QUEUED: {State.RUNNING},
        State.RUNNING: {State.DONE, State.FAILED, State.QUEUED},
        State.DONE: set(),
        State.FAILED: {State.QUEUED},
    }

    task = models.CharField(_("task"), max_length=100)
    key = models.CharField(_("key"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    parameters = models.JSONField(_("parameters"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    requested_by = who(verbose_name=_("requested by"))
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True)
    claim = models.CharField(max_length=32, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    losses = models.PositiveSmallIntegerField(_("lost workers"), default=0)
    progress = models.PositiveIntegerField(_("progress"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)
    message_en = models.CharField(_("message in English"), max_length=300, blank=True)
    log = models.TextField(_("log"), blank=True)
    error = models.TextField(_("error"), blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, verbose_name=_("kind of thing"))
    object_id = models.BigIntegerField(null=True)
    result = GenericForeignKey()

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [together("requested")]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="run_state_heartbeat")]
        verbose_name = _("run")
        verbose_name_plural = _("runs")

    def __str__(self) -> str:
        return in_own_language(self.title, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("run", args=[self.pk])

    @property
    def step(self) -> str:
        """Say what is done just now, in the reader's language."""
        return in_own_language(self.message, self.message_en)

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, self.progress * 100 // self.total) if self.total else 0


class LoadedJob(models.Model):
    """How a job was put on the clock, to tell a time of ours from one that the office has set."""

    task = models.CharField(_("task"), max_length=200, unique=True)
    times = models.CharField(_("times"), max_length=40)

    class Meta:
        ordering = ["task"]
        # Nobody keeps these: what the office sets stands in the timetable itself.
        default_permissions = ()
        verbose_name = _("loaded job")
        verbose_name_plural = _("loaded jobs")

    def __str__(self) -> str:
        return f"{self.task} {self.times}"
