"""Keep documents with a life: drafted, consulted, decided, in force from a day, replaced; a duty inherits the three."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.approvals.models import Matter, MatterQuerySet
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Begun, Seated
from fsul_portal.numbers.series import Series
from fsul_portal.users import User


class PaperQuerySet(MatterQuerySet["Paper"]):
    def as_of(self, day: date) -> Self:
        """Return the papers in force on that day, as their days say, each with its `words` of that day."""
        return self.in_force(day).with_words()

    def in_force(self, day: date) -> Self:
        """Return the same without their words, for lists."""
        unended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.exclude(state=Paper.State.WITHDRAWN).filter(unended, in_force_on__lte=day)

    def with_words(self) -> Self:
        """Fetch the text of the newest edition of each along; what is decided has no newer one."""
        editions = self.model._meta.get_field("editions").related_model.objects.filter(paper=OuterRef("pk"))
        return self.annotate(words=Subquery(editions.order_by("-number").values("text")[:1]))

    def entering(self, day: date) -> Self:
        """Return what was issued and is in force from that day or an earlier one."""
        return self.filter(state=Paper.State.ISSUED, in_force_on__lte=day)

    def overdue(self, day: date) -> Self:
        """Return what was to be answered before that day and is under consultation still."""
        return self.filter(state=Paper.State.CONSULTED, consult_until__lt=day)

    def to_review(self, day: date) -> Self:
        return self.filter(state=Paper.State.IN_FORCE, review_due_on__lte=day)

    def in_hand_of(self, user: User) -> Self:
        """Return what the user keeps or has begun and may still write."""
        mine = Q(keeper=user) | (Q(keeper__isnull=True) & Q(started_by=user))
        return self.filter(mine, state__in=Paper.IN_HAND)


class Paper(Seated, Begun, Matter):
    """A document with a life; it is decided as a matter of approvals, on the way of its kind.

    Seats: proposer, drafter, consulted, issuer. SERIES gives its number. `way` names its kind of matter. The heir has
    editions and consulted opinions: heirs of Edition and Opinion with a foreign key `paper`, related_name `editions`
    and `consulted`.
    """

    # What each heir brings.
    editions: Any
    consulted: Any

    NEEDS: ClassVar = ("proposer", "drafter", "consulted", "issuer")
    # Whoever sits in one of these seats is asked for an opinion.
    ASKED: ClassVar[tuple[str, ...]] = ("consulted",)
    SERIES: ClassVar[Series]
    REVIEW_YEARS = 5
    # Whoever wrote an edition decides on none.
    WRITING = ("paper written",)

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        DRAFT = "draft", _("being drafted")
        CONSULTED = "consulted", _("under consultation")
        SUBMITTED = "submitted", _("put to decision")
        RETURNED = "returned", _("returned for correction")
        ACCEPTED = "accepted", _("decided")
        ISSUED = "issued", _("issued")
        IN_FORCE = "in_force", _("in force")
        REPLACED = "replaced", pgettext_lazy("paper", "replaced")
        REPEALED = "repealed", _("repealed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        State.PROPOSED: {State.DRAFT, State.WITHDRAWN},
        State.DRAFT: {State.CONSULTED, State.SUBMITTED, State.WITHDRAWN},
        State.CONSULTED: {State.DRAFT, State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.DRAFT, State.ACCEPTED, State.RETURNED, State.REFUSED, State.WITHDRAWN},
        State.RETURNED: {State.DRAFT, State.SUBMITTED, State.WITHDRAWN},
        State.ACCEPTED: {State.ISSUED, State.WITHDRAWN},
        State.ISSUED: {State.IN_FORCE, State.WITHDRAWN},
        State.IN_FORCE: {State.REPLACED, State.REPEALED},
        State.REPLACED: set(),
        State.REPEALED: set(),
        State.REFUSED: set(),
        State.WITHDRAWN: set(),
    }
    IN_HAND = (State.PROPOSED, State.DRAFT, State.CONSULTED, State.RETURNED)
    # Before anybody has to keep to it, and from then on.
    AHEAD = (*IN_HAND, State.SUBMITTED, State.ACCEPTED)
    ISSUED_EVER = (State.ISSUED, State.IN_FORCE, State.REPLACED, State.REPEALED)

    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    consult_until = models.DateField(_("opinions until"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=30, unique=True, null=True, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    issued_by = who(verbose_name=_("issued by"))
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("no longer in force from"), null=True, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reviewed_by = who(verbose_name=_("reviewed by"))
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name=_("replaces")
    )

    objects = PaperQuerySet.as_manager()

    class Meta(Matter.Meta):
        abstract = True
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["in_force_on", "ended_on"], name="%(class)s_in_force")]
        constraints = [
            *Matter.Meta.constraints,
            *Begun.Meta.constraints,
            together("issued"),
            together("reviewed"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | Q(issued_at__isnull=False, number__isnull=False, in_force_on__isnull=False),
                name="%(app_label)s_%(class)s_issued_with_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=["issued", "in_force", "replaced", "repealed"]),
                name="%(app_label)s_%(class)s_replaced_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def needs_consultation(self) -> bool:
        """Say whether others are asked before it is put to decision."""
        return True

    @property
    def edition(self) -> Any:
        """Return the newest edition, None before anything was written."""
        return self.editions.order_by("number").last()

    @property
    def people_asked(self) -> Any:
        """Return the people who are asked for an opinion."""
        return reduce(or_, (self.people_in(key) for key in self.ASKED))

    def unit_of(self, person: User) -> str:
        """Return for which unit somebody speaks; the portal itself knows none."""
        return ""

    def first_review(self, in_force_on: date) -> date:
        """Return the day of the first review of what is in force from a day on."""
        year = in_force_on.year + self.REVIEW_YEARS
        # The 29th of February is not in every year.
        day = min(in_force_on.day, 28) if in_force_on.month == 2 else in_force_on.day
        return in_force_on.replace(year=year, day=day)

    def unanswered(self) -> Any:
        """Return the opinions of the consultation of which nobody has said what became of them."""
        return self.consulted.filter(outcome="")


class Edition(models.Model):
    """A text of a paper, one paragraph a line; never changed, followed by the next one."""

    # What each heir brings.
    paper: Any

    number = models.PositiveSmallIntegerField(_("edition"))
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = who(verbose_name=_("written by"))

    class Meta:
        abstract = True
        ordering = ["number"]
        constraints = [
            together("written"),
            models.UniqueConstraint(fields=["paper", "number"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} · {self.number}"


class Opinion(models.Model):
    """What somebody said of an edition in a consultation, and what became of it, with the reason."""

    # What each heir brings.
    paper: Any

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        NOT = "not", _("not accepted")

    edition = models.PositiveSmallIntegerField(_("edition"))
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    text = models.TextField(_("opinion"))
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    given_by = who(verbose_name=_("given by"))
    is_late = models.BooleanField(_("came late"), default=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = who(verbose_name=_("answered by"))

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            together("given"),
            together("answered"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="%(app_label)s_%(class)s_an_answer_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "accepted"]) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_no_refusal_without_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} · {self.clause or self.pk}"
