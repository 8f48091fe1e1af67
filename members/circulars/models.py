"""Keep circulars: sent down the tree of libraries, read, confirmed, done, answered; a duty inherits the two."""

from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Life
from members.circulars.questions import faults_of
from members.libraries.models import Library


class Circular(Life):
    """What the office, a district or a group asks of libraries, by a day.

    Seats: sender, and answerer, whose permission is asked on the library of each copy or on its district. The heir has
    copies: an heir of Copy with a foreign key `circular`, related_name `copies`.
    """

    # What each heir brings.
    copies: Any

    NEEDS: ClassVar = ("sender", "answerer")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENT = "sent", _("sent")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Asks(models.TextChoices):
        """What is asked; the value is the pair that says that it was done."""

        READ = "read", _("read it")
        CONFIRMED = "confirmed", _("confirm it")
        DONE = "done", _("do it and answer")

    MOVES = {
        State.DRAFT: {State.SENT, State.WITHDRAWN},
        State.SENT: {State.CLOSED, State.WITHDRAWN},
        State.CLOSED: set(),
        State.WITHDRAWN: set(),
    }

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    asks = models.CharField(_("asks to"), max_length=10, choices=Asks.choices, default=Asks.READ)
    questions = models.JSONField(_("asked fields"), default=list, blank=True)
    to_libraries = models.JSONField(_("to these libraries"), default=list, blank=True)
    to_below = models.JSONField(_("to these libraries and all below them"), default=list, blank=True)
    due_on = models.DateField(_("due on"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = who(verbose_name=_("sent by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))

    class Meta(Life.Meta):
        abstract = True
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="%(app_label)s_%(class)s_due")]
        constraints = [*Life.Meta.constraints, *(together(verb) for verb in ("sent", "closed", "withdrawn"))]

    def __str__(self):
        return self.title

    def faults(self):
        return faults_of(self.questions)

    def outstanding(self):
        """Return the copies of which what is asked has not been done."""
        return self.copies.filter(**{f"{self.asks}_at__isnull": True})


class Copy(models.Model):
    """A circular at one library: who read, confirmed and did it; `above` is its place in the tree of that day."""

    # What each heir brings.
    circular: Any

    library = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=_("member library"))
    above = models.CharField(_("libraries above"), max_length=90, blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = who(verbose_name=_("read by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = who(verbose_name=_("confirmed by"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = who(verbose_name=_("done by"))

    class Meta:
        abstract = True
        ordering = ["above", "pk"]
        indexes = [models.Index(fields=["circular", "above"], name="%(class)s_above")]
        constraints = [
            *(together(verb) for verb in ("read", "confirmed", "done")),
            models.UniqueConstraint(fields=["circular", "library"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(read_at__isnull=False),
                name="%(app_label)s_%(class)s_not_done_unread",
            ),
        ]

    def __str__(self):
        return f"{self.circular} · {self.library}"

    @property
    def is_late(self):
        """Say whether it was, or still has to be, done after its day; late is marked, never barred."""
        at = getattr(self, f"{self.circular.asks}_at")
        return (timezone.localdate(at) if at else timezone.localdate()) > self.circular.due_on
