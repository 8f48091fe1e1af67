"""Keep the key projects of city and districts, their milestones, risks and monthly updates (6.1 c, 6.2.1 f)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.documents.models import CHAIR, DISTRICTS, OFFICE, OVERSEERS
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Fault, Life
from fsul_portal.lives.rules import sits
from fsul_portal.numbers.series import series
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict
from members.libraries.models import Library, spells_along
from members.periods.models import month_before

PROJECTS = series("project", gettext_lazy("Key projects"), "FSUL-XM-{year}-{number:02}")


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> Self:
        """Return what was decided on for everybody, proposals for those who oversee, and one's own."""
        if sits(user, Project(), "proposer", "keeper"):
            return self
        mine = Q(manager=user) | Q(started_by=user)
        return self.filter(mine | ~Q(state__in=[Project.State.PROPOSED, Project.State.DROPPED]))

    def under_way(self) -> Self:
        return self.filter(state=Project.State.UNDER_WAY)

    def shown_in_time(self) -> Self:
        """Return what has a place in a chart: decided and not ended."""
        return self.filter(state__in=[Project.State.DECIDED, Project.State.UNDER_WAY])

    def for_lists(self) -> Self:
        """Fetch along what the light of each is made of."""
        return self.select_related("lead", "manager").prefetch_related(
            spells_along("lead__spells"),
            "milestones",
            "risks",
            Prefetch("updates", queryset=ProjectUpdate.objects.order_by("month")),
        )


class Project(Life):
    """A key project: the committee decides on it, whoever is responsible reports each month (6.1 c, 6.2.1 f)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("project", "proposed")
        DECIDED = "decided", pgettext_lazy("project", "decided on")
        UNDER_WAY = "under_way", gettext_lazy("under way")
        ACCEPTED = "accepted", pgettext_lazy("project", "accepted")
        ENDED = "ended", pgettext_lazy("project", "ended early")
        DROPPED = "dropped", pgettext_lazy("project", "not taken up")

    class Scope(models.TextChoices):
        CITY = "city", gettext_lazy("of the city")
        DISTRICT = "district", gettext_lazy("of a district")

    MOVES = {
        State.PROPOSED: {State.DECIDED, State.DROPPED},
        State.DECIDED: {State.UNDER_WAY, State.ENDED},
        State.UNDER_WAY: {State.ACCEPTED, State.ENDED},
        State.ACCEPTED: set(),
        State.ENDED: set(),
        State.DROPPED: set(),
    }
    IN_HAND = (State.PROPOSED, State.DECIDED, State.UNDER_WAY)
    NEEDS: ClassVar = ("proposer", "decider", "keeper")
    SEATS: ClassVar = {"proposer": OVERSEERS, "districts": DISTRICTS, "decider": CHAIR, "keeper": OFFICE}

    # What Django adds.
    manager_id: Any
    started_by_id: Any

    title = models.CharField(gettext_lazy("title"), max_length=200)
    scope = models.CharField(gettext_lazy("scope"), max_length=8, choices=Scope.choices, default=Scope.CITY)
    aim = models.TextField(gettext_lazy("aim"))
    lead = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=gettext_lazy("leading unit"))
    units = models.CharField(gettext_lazy("other units"), max_length=300, blank=True)
    manager = who(verbose_name=gettext_lazy("responsible"))
    budget = models.DecimalField(gettext_lazy("budget in ten thousand yuan"), max_digits=12, decimal_places=2)
    starts_on = models.DateField(pgettext_lazy("project", "begins on"))
    ends_on = models.DateField(pgettext_lazy("project", "ends on"))
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    number = models.CharField(pgettext_lazy("project", "number"), max_length=30, unique=True, null=True, blank=True)
    decision = models.CharField(gettext_lazy("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(gettext_lazy("day of the decision"), null=True, blank=True)
    decided_at = models.DateTimeField(gettext_lazy("decided at"), null=True, blank=True)
    decided_by = who(verbose_name=gettext_lazy("decided by"))
    began_on = models.DateField(gettext_lazy("under way since"), null=True, blank=True)
    outcome = models.TextField(pgettext_lazy("project", "outcome"), blank=True)
    finished_at = models.DateTimeField(pgettext_lazy("project", "finished at"), null=True, blank=True)
    finished_by = who(verbose_name=pgettext_lazy("project", "finished by"))

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["ends_on", "pk"]
        verbose_name = gettext_lazy("key project")
        verbose_name_plural = gettext_lazy("key projects")
        indexes = [models.Index(fields=["state", "ends_on"], name="project_due")]
        constraints = [
            *Life.Meta.constraints,
            together("decided"),
            together("finished"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="project_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"])
                | (~Q(decision="") & Q(decided_on__isnull=False, number__isnull=False)),
                name="project_decided_with_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("committee:project-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """Return what speaks against its days and its money."""
        found = []
        if self.ends_on <= self.starts_on:
            found.append(Fault("ends_on", _("A project does not end before it begins.")))
        if self.budget < 0:
            found.append(Fault("budget", _("A budget is not negative.")))
        return found

    @property
    def progress(self) -> int:
        """Return how far it is, as was said last."""
        told = list(self.updates.all())
        return told[-1].progress if told else 0

    def expects(self, month: str) -> bool:
        """Say whether an update of a month is due: it was under way in all of it."""
        return self.began_on is not None and f"{self.began_on:%Y-%m}" < month

    def lacks_update(self, day: date) -> bool:
        """Say whether the month before that day's has no update, although one was due (6.2.1 f)."""
        month = month_before(f"{day:%Y-%m}")
        return (
            self.state == self.State.UNDER_WAY
            and self.expects(month)
            and not any(one.month == month for one in self.updates.all())
        )

    def may_attach(self, user: User) -> Verdict:
        """Whoever is responsible and the office attach what belongs to it (asked by the files)."""
        if user.pk == self.manager_id or sits(user, self, "keeper"):
            return Allowed()
        return Denied(_("Files are attached by whoever is responsible and by the coordination office."))

    def may_remark(self, user: User) -> Verdict:
        """Whoever reads it may ask about it (asked by the remarks)."""
        return Allowed()


class Milestone(models.Model):
    """What is to be reached by a day; once the project is decided, only a decision moves it (6.1 c)."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="milestones", verbose_name=gettext_lazy("project")
    )
    title = models.CharField(gettext_lazy("title"), max_length=100)
    due_on = models.DateField(gettext_lazy("due on"))
    first_due_on = models.DateField(gettext_lazy("first due on"))
    decision = models.CharField(gettext_lazy("decision that moved it"), max_length=60, blank=True)
    done_on = models.DateField(gettext_lazy("reached on"), null=True, blank=True)
    evidence = models.CharField(gettext_lazy("evidence"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = gettext_lazy("milestone")
        verbose_name_plural = gettext_lazy("milestones")

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, day: date) -> bool:
        """Say whether it was to be reached before that day and was not."""
        return self.due_on < day and (self.done_on is None or self.done_on > day)


class Risk(models.Model):
    """What may go wrong, how much, and what is done against it (6.2.1 f)."""

    class Level(models.TextChoices):
        LOW = "low", pgettext_lazy("risk", "low")
        MEDIUM = "medium", pgettext_lazy("risk", "medium")
        HIGH = "high", pgettext_lazy("risk", "high")

    project = models.ForeignKey(Project, models.PROTECT, related_name="risks", verbose_name=gettext_lazy("project"))
    text = models.CharField(gettext_lazy("risk"), max_length=300)
    level = models.CharField(gettext_lazy("level of the risk"), max_length=8, choices=Level.choices)
    measure = models.CharField(gettext_lazy("what is done against it"), max_length=300, blank=True)
    closed_on = models.DateField(gettext_lazy("gone since"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("risk of a project")
        verbose_name_plural = gettext_lazy("risks of projects")

    def __str__(self) -> str:
        return self.text


class ProjectUpdate(models.Model):
    """How a project stands in a month, as whoever is responsible says (6.2.1 f)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="updates", verbose_name=gettext_lazy("project"))
    month = models.CharField(gettext_lazy("month"), max_length=7)
    progress = models.PositiveSmallIntegerField(gettext_lazy("progress in per cent"))
    done = models.TextField(gettext_lazy("what was done"))
    ahead = models.TextField(gettext_lazy("what comes next"), blank=True)
    spent = models.DecimalField(
        gettext_lazy("spent so far, in ten thousand yuan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    given_at = models.DateTimeField(pgettext_lazy("project", "given at"), default=timezone.now)
    given_by = who(verbose_name=pgettext_lazy("project", "given by"))

    class Meta:
        ordering = ["-month"]
        verbose_name = gettext_lazy("update of a project")
        verbose_name_plural = gettext_lazy("updates of projects")
        constraints = [
            together("given"),
            models.UniqueConstraint(fields=["project", "month"], name="project_update_once_a_month"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="project_progress_to_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.month}"
