"""Keep what was decided, by whom, and whether it stands (6.2.1 b)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.agendas.models import Item, ReadWithMeetingsQuerySet
from committee.bodies.kinds import COMMITTEE
from committee.bodies.rules import keeps
from committee.meetings.models import Meeting, RollEntry
from fsul_portal.access.rules import holds
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.links.relations import relation
from fsul_portal.lives.models import Fault, Life
from fsul_portal.numbers.series import series
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

DECISIONS = series("decision", gettext_lazy("Decisions"), "FSUL-JY-{year}-{number:03}")
OF_OTHERS = series("body-decision", gettext_lazy("Decisions of groups and districts"), "FSUL-HY-{year}-{number:03}")
KEEPS = "committee.keep_meetings"
# From each thing back to what was decided about it.
DECIDES = relation("decides", gettext_lazy("Decides about"), gettext_lazy("Was decided by"))


class DecisionQuerySet(ReadWithMeetingsQuerySet):
    def of_committee(self) -> Self:
        """Return what the committee decided, in its meetings or in writing."""
        return self.filter(Q(meeting__isnull=True) | Q(meeting__body__kind=COMMITTEE))

    def for_lists(self) -> Self:
        return self.select_related("meeting__body", "item")

    def in_force(self) -> Self:
        return self.filter(state=Decision.State.IN_FORCE)

    def open_for(self, user: User) -> Self:
        """Return the written decisions on which this person may still vote."""
        voted = Ballot.objects.filter(person=user).values("decision")
        return self.filter(state=Decision.State.OPEN).exclude(pk__in=voted)


class Decision(Life):
    """One thing that was decided, in a meeting or in writing (6.2.1 b)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": Seat(gettext_lazy("secretary of the coordination office"), KEEPS)}

    class State(models.TextChoices):
        NOTED = "noted", pgettext_lazy("decision", "noted, minutes not signed")
        OPEN = "open", pgettext_lazy("decision", "being voted on in writing")
        IN_FORCE = "in_force", pgettext_lazy("decision", "in force")
        LOST = "lost", pgettext_lazy("decision", "not carried")
        VOID = "void", pgettext_lazy("decision", "without quorum, not in force")
        REPLACED = "replaced", pgettext_lazy("decision", "replaced")
        REPEALED = "repealed", pgettext_lazy("decision", "repealed")
        STRUCK = "struck", pgettext_lazy("decision", "struck from the minutes")

    MOVES = {
        State.NOTED: {State.IN_FORCE, State.LOST, State.VOID, State.STRUCK},
        State.OPEN: {State.IN_FORCE, State.LOST, State.VOID, State.STRUCK},
        State.IN_FORCE: {State.REPLACED, State.REPEALED},
        State.LOST: set(),
        State.VOID: set(),
        State.REPLACED: set(),
        State.REPEALED: set(),
        State.STRUCK: set(),
    }

    class Method(models.TextChoices):
        CONSENT = "consent", pgettext_lazy("way of deciding", "by consent")
        VOTE = "vote", pgettext_lazy("way of deciding", "by vote")
        WRITTEN = "written", pgettext_lazy("way of deciding", "in writing")

    number = models.CharField(gettext_lazy("number"), max_length=40, null=True, blank=True, unique=True)
    title = models.CharField(gettext_lazy("title"), max_length=200)
    text = models.TextField(gettext_lazy("what is decided"))
    clause = models.CharField(gettext_lazy("clause"), max_length=10, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=gettext_lazy("meeting"),
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=gettext_lazy("agenda item")
    )
    method = models.CharField(
        gettext_lazy("how it was taken"), max_length=10, choices=Method.choices, default=Method.CONSENT
    )
    votes_for = models.PositiveSmallIntegerField(gettext_lazy("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(gettext_lazy("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(gettext_lazy("abstained"), null=True, blank=True)
    due = models.PositiveSmallIntegerField(gettext_lazy("due with a vote"), null=True, blank=True)
    there = models.PositiveSmallIntegerField(gettext_lazy("present with a vote"), null=True, blank=True)
    is_quorate = models.BooleanField(gettext_lazy("quorate"), null=True)
    closes_on = models.DateField(gettext_lazy("votes until"), null=True, blank=True)
    decided_on = models.DateField(gettext_lazy("decided on"), null=True, blank=True)
    effect = models.TextField(gettext_lazy("what came of it"), blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.NOTED)
    ended_at = models.DateTimeField(gettext_lazy("ended at"), null=True, blank=True)
    ended_by = who(verbose_name=gettext_lazy("ended by"))
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=gettext_lazy("replaced by")
    )

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["-decided_on", "-pk"]
        verbose_name = gettext_lazy("decision")
        verbose_name_plural = gettext_lazy("decisions")
        constraints = [
            *Life.Meta.constraints,
            together("ended"),
            models.CheckConstraint(
                condition=Q(state__in=["noted", "open", "struck"]) | Q(number__isnull=False, decided_on__isnull=False),
                name="what_was_decided_has_number_and_day",
            ),
            models.CheckConstraint(condition=~Q(state="in_force") | Q(is_quorate=True), name="in_force_means_quorate"),
            models.CheckConstraint(
                condition=Q(method="written", meeting__isnull=True, closes_on__isnull=False)
                | (~Q(method="written") & Q(meeting__isnull=False)),
                name="decided_in_a_meeting_or_in_writing",
            ),
        ]
        indexes = [models.Index(fields=["state", "-decided_on"], name="decision_by_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("committee:decision-detail", args=[self.pk])

    def faults(self) -> list[Fault]:
        """Votes by number are at most those present; a written decision gives people a day to answer."""
        counts = [self.votes_for, self.votes_against, self.abstained]
        if self.method == self.Method.VOTE and self.state == self.State.NOTED and not self.pk and None in counts:
            return [Fault("votes_for", _("Say how many voted for, against, and abstained; 0 is a number."))]
        voted = sum(count or 0 for count in counts)
        if self.there is not None and voted > self.there:
            told = {"voted": voted, "there": self.there}
            sentence = _("%(voted)s votes, but only %(there)s with a vote were there at this item.")
            return [Fault("votes_for", sentence % told)]
        return []

    @property
    def is_carried(self) -> bool:
        """Consent carries; a vote does when more are for than against."""
        return self.method == self.Method.CONSENT or (self.votes_for or 0) > (self.votes_against or 0)

    @property
    def outcome(self) -> str:
        """Return the state that the signature, or the closing day, brings."""
        if not self.is_quorate:
            return self.State.VOID
        return self.State.IN_FORCE if self.is_carried else self.State.LOST

    def may_attach(self, user: User) -> Verdict:
        """The secretary attaches what belongs to a decision."""
        if keeps(user, self.meeting.body) if self.meeting else holds(user, KEEPS):
            return Allowed()
        if self.meeting:
            return Denied(
                _("Files of a decision are attached by %(keeper)s.") % {"keeper": self.meeting.body.sort_of.keeper}
            )
        return Denied(_("Files of a decision are attached by the secretary of the coordination office."))

    def may_remark(self, user: User) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()


class Ballot(models.Model):
    """One vote by name; in a meeting it hangs on the line of the roll for which it was given (6.2.1 b)."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "for")
        AGAINST = "against", pgettext_lazy("vote", "against")
        ABSTAINED = "abstained", pgettext_lazy("vote", "abstained")

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="ballots", verbose_name=gettext_lazy("decision")
    )
    entry = models.ForeignKey(
        RollEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("line of the roll"),
    )
    person = who(verbose_name=gettext_lazy("person"))
    unit = models.CharField(gettext_lazy("unit"), max_length=100, blank=True)
    choice = models.CharField(gettext_lazy("vote"), max_length=10, choices=Choice.choices)
    cast_at = models.DateTimeField(gettext_lazy("voted at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("vote")
        verbose_name_plural = gettext_lazy("votes")
        constraints = [
            models.UniqueConstraint(fields=["decision", "entry"], name="one_vote_a_line"),
            models.UniqueConstraint(fields=["decision", "person"], name="one_vote_a_person"),
            models.CheckConstraint(condition=Q(entry__isnull=False) | Q(person__isnull=False), name="somebody_voted"),
        ]

    def __str__(self) -> str:
        return str(self.entry or self.person)
