"""Keep cases: opened, assigned, solved against the clock, reviewed, closed; a duty inherits the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fsul_portal.assignments.models import Assignment
from fsul_portal.calendar import Deadline, add_working_days, working_days_between
from fsul_portal.grammar.pairs import together, who
from fsul_portal.links.relations import relation
from fsul_portal.lives.models import Life
from fsul_portal.lives.rules import sits
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

CAUSED = relation("caused", _("Has led to"), _("Was caused by"))


class CaseQuerySet(models.QuerySet["Case"]):
    def unsolved(self) -> Self:
        return self.filter(state__in=[Case.State.OPEN, Case.State.ASSIGNED])

    def overdue(self, day: date) -> Self:
        """Return what should have been solved before that day and is not."""
        return self.unsolved().filter(solution_due_on__lt=day)

    def with_hand_of(self, user: User) -> Self:
        """Return what the user has opened, works on, or was drawn into."""
        return self.filter(Q(started_by=user) | Q(assignee=user) | Q(pk__in=self._drawn_into(user)))

    def _drawn_into(self, user: User) -> Any:
        model: Any = self.model
        return model.people.through.objects.filter(user=user).values(self.model._meta.model_name)


class Case(Life):
    """Something that went wrong or is asked for, and is to be solved by a day.

    Seats: opener, keeper (sorts, assigns, reviews), worker (whom it can be assigned to). CLOCKS: working days; an heir
    overrides `days_for` where they hang on something, such as a level.
    """

    # What each heir brings.
    started_by_id: Any
    assignee_id: Any

    NEEDS: ClassVar = ("opener", "keeper", "worker")
    # Whoever sits in one of these seats raises it.
    OPENERS: ClassVar[tuple[str, ...]] = ("opener",)
    CLOCKS: ClassVar[Mapping[str, int]] = {"answer": 2, "solution": 15, "review": 5}
    PATIENCE = 15  # working days without progress

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "open")
        ASSIGNED = "assigned", _("being worked on")
        SOLVED = "solved", _("solved")
        REVIEWED = "reviewed", _("reviewed")
        CLOSED = "closed", _("closed")

    MOVES = {
        State.OPEN: {State.ASSIGNED, State.CLOSED},
        State.ASSIGNED: {State.ASSIGNED, State.SOLVED, State.CLOSED},
        State.SOLVED: {State.REVIEWED, State.ASSIGNED, State.CLOSED},
        State.REVIEWED: {State.CLOSED, State.ASSIGNED},
        State.CLOSED: {State.OPEN},
    }

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what has happened"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer_due_on = models.DateField(_("answer due on"))
    solution_due_on = models.DateField(_("solution due on"))
    review_due_on = models.DateField(_("review of the solution due on"), null=True, blank=True)
    due_is_known = models.BooleanField(default=True)
    moved_on = models.DateField(_("last progress on"), default=timezone.localdate)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people drawn in")
    )
    assignee = who(verbose_name=_("in the hands of"))
    assigned_at = models.DateTimeField(_("assigned at"), null=True, blank=True)
    assigned_by = who(verbose_name=_("assigned by"))
    cause = models.TextField(_("cause"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    solved_at = models.DateTimeField(_("solved at"), null=True, blank=True)
    solved_by = who(verbose_name=_("solved by"))
    review = models.TextField(_("review"), blank=True)
    reviewed_at = models.DateTimeField(_("solution reviewed at"), null=True, blank=True)
    reviewed_by = who(verbose_name=_("solution reviewed by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = who(verbose_name=_("closed by"))

    objects = CaseQuerySet.as_manager()

    class Meta(Life.Meta):
        abstract = True
        ordering = ["solution_due_on", "pk"]
        indexes = [models.Index(fields=["state", "solution_due_on"], name="%(app_label)s_%(class)s_due")]
        constraints = [
            *Life.Meta.constraints,
            *(together(verb) for verb in ("assigned", "solved", "reviewed", "closed")),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="%(app_label)s_%(class)s_closed_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(solved_by__isnull=True) | ~Q(reviewed_by=F("solved_by")),
                name="%(app_label)s_%(class)s_nobody_reviews_his_own",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def days_for(self, clock: str) -> int:
        """Return the working days of a clock: answer, solution, review."""
        return self.CLOCKS[clock]

    def due(self, clock: str) -> Deadline:
        """Return the day on which a clock that starts now runs out."""
        return add_working_days(timezone.localdate(), self.days_for(clock))

    @property
    def needs_review(self) -> bool:
        """Say whether somebody else looks at the solution before it is closed."""
        return True

    @property
    def is_late(self) -> bool:
        """Say whether it was, or still has to be, solved after its day; late is marked, never barred."""
        solved = timezone.localdate(self.solved_at) if self.solved_at else timezone.localdate()
        return self.solution_due_on < solved and (self.solved_at is not None or self.state in _UNSOLVED)

    def days_without_progress(self, day: date) -> int:
        return working_days_between(self.moved_on, day).days

    def takes_part(self, user: User) -> bool:
        """Say whether the user has a hand in it."""
        mine = user.pk in (self.started_by_id, self.assignee_id) or sits(user, self, "keeper")
        return mine or self.people.filter(pk=user.pk).exists()

    def steps_open(self) -> QuerySet[Assignment]:
        """Return its tasks that nobody has done yet."""
        return Assignment.objects.of(self).filter(state=Assignment.State.OPEN)

    def may_attach(self, user: User) -> Verdict:
        """Whoever has a hand in it attaches what belongs to it, until it is closed (asked by the files)."""
        if self.state != self.State.CLOSED and self.takes_part(user):
            return Allowed()
        return Denied(gettext("Files are attached by those who work on it, until it is closed."))

    def may_remark(self, user: User) -> Verdict:
        """Whoever sees it may ask about it (asked by the remarks)."""
        return Allowed()


_UNSOLVED = (Case.State.OPEN, Case.State.ASSIGNED)
