"""Keep what people and the portal propose for an agenda (6.2.1 b)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.agendas.models import KEEPER, Item, ReadWithMeetingsQuerySet
from committee.bodies.models import Body, reads_all
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed


class ProposalQuerySet(ReadWithMeetingsQuerySet):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the meetings reads what is proposed for them, and everybody what he proposed himself."""
        if reads_all(user):
            return self
        return self.filter(Q(started_by=user) | Q(body__in=Body.objects.visible_to(user)))

    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.PROPOSED)

    def for_lists(self) -> Self:
        return self.select_related("item__meeting", "started_by")


class Proposal(Life):
    """What somebody, or the portal, wants to have on an agenda (6.2.1 b)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": KEEPER}

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("proposal", "proposed")
        TAKEN = "taken", pgettext_lazy("proposal", "on an agenda")
        LEFT = "left", pgettext_lazy("proposal", "not taken")
        WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")

    MOVES = {
        State.PROPOSED: {State.TAKEN, State.LEFT, State.WITHDRAWN},
        State.TAKEN: set(),
        State.LEFT: {State.PROPOSED},
        State.WITHDRAWN: set(),
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="proposals", verbose_name=gettext_lazy("body"))
    title = models.CharField(gettext_lazy("title"), max_length=200)
    reason = models.TextField(gettext_lazy("reason"), max_length=5000)
    clause = models.CharField(gettext_lazy("clause"), max_length=10, blank=True)
    source = models.CharField(max_length=120, null=True, blank=True, editable=False, unique=True)
    link = models.CharField(max_length=200, blank=True, editable=False)
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=gettext_lazy("agenda item")
    )
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_at = models.DateTimeField(gettext_lazy("decided at"), null=True, blank=True)
    decided_by = who(verbose_name=gettext_lazy("decided by"))
    answer = models.TextField(gettext_lazy("answer"), blank=True)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["-started_at", "-pk"]
        verbose_name = gettext_lazy("proposal for an agenda")
        verbose_name_plural = gettext_lazy("proposals for an agenda")
        constraints = [
            *Life.Meta.constraints,
            together("decided"),
            models.CheckConstraint(
                condition=Q(state="taken", item__isnull=False) | (~Q(state="taken") & Q(item__isnull=True)),
                name="taken_means_an_item",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("committee:proposal-detail", args=[self.pk])

    def may_attach(self, user: User) -> Verdict:
        """Whoever proposed it attaches papers until it is decided."""
        if self.started_by_id != user.pk:
            return Denied(_("Papers are attached by whoever made the proposal."))
        if self.state != self.State.PROPOSED:
            return closed(_("It is %(state)s.") % {"state": self.get_state_display()})
        return Allowed()

    def may_remark(self, user: User) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()
