"""Keep what a meeting deals with: the items of its agenda, and what people and the portal propose for one (6.2.1 b)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.bodies.models import Body, reads_all
from committee.meetings.models import Meeting
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.links.relations import relation
from fsul_portal.lives.models import Fault, Life
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict

KEEPER = Seat(gettext_lazy("secretary of the coordination office"), "committee.keep_meetings")
ITEMS_AT_MOST = 200
# An item belongs to a matter: the thing that is talked about under it.
TALKED_OF = relation("talked-of", gettext_lazy("Is about"), gettext_lazy("Was on the agenda as"))


class ReadWithMeetingsQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the meetings reads what they deal with."""
        return self if reads_all(user) else self.filter(meeting__body__in=Body.objects.visible_to(user))


class ItemQuerySet(ReadWithMeetingsQuerySet):
    def standing(self) -> Self:
        """Return what has not been taken off the agenda."""
        return self.exclude(state=Item.State.OFF)

    def for_lists(self) -> Self:
        return self.select_related("meeting__body", "above", "written_by")

    def carried_over(self) -> Self:
        """Return what a meeting that is over left for another one."""
        return self.filter(state=Item.State.LEFT, meeting__state=Meeting.State.MINUTED)


class Item(Life):
    """One matter on the agenda of a meeting, and what the minutes say of it (6.2.1 b)."""

    NEEDS: ClassVar = ("keeper",)
    SEATS: ClassVar = {"keeper": KEEPER}

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("item", "on the agenda")
        DEALT = "dealt", pgettext_lazy("item", "dealt with")
        LEFT = "left", pgettext_lazy("item", "carried over")
        OFF = "off", pgettext_lazy("item", "taken off the agenda")

    MOVES = {
        State.OPEN: {State.DEALT, State.LEFT, State.OFF},
        State.DEALT: {State.OPEN, State.LEFT, State.OFF},
        State.LEFT: {State.OPEN, State.DEALT, State.OFF},
        State.OFF: {State.OPEN},
    }

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=gettext_lazy("meeting"))
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=gettext_lazy("belongs under")
    )
    sort = models.PositiveSmallIntegerField(gettext_lazy("place"))
    title = models.CharField(gettext_lazy("title"), max_length=200)
    length = models.PositiveSmallIntegerField(gettext_lazy("minutes of time"), null=True, blank=True)
    speaker = models.CharField(gettext_lazy("speaker"), max_length=100, blank=True)
    reason = models.TextField(gettext_lazy("what it is about"), blank=True)
    text = models.TextField(gettext_lazy("minutes of this item"), blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.OPEN)
    written_at = models.DateTimeField(gettext_lazy("written at"), null=True, blank=True)
    written_by = who(verbose_name=gettext_lazy("written by"))

    objects: ClassVar[Any] = ItemQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["meeting", "sort", "pk"]
        verbose_name = gettext_lazy("agenda item")
        verbose_name_plural = gettext_lazy("agenda items")
        constraints = [*Life.Meta.constraints, together("written")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("committee:item-detail", args=[self.pk])

    @property
    def is_dealt(self) -> bool:
        return bool(self.state == self.State.DEALT)

    def faults(self) -> list[Fault]:
        """An item stands under one of the first level of its own meeting; deeper agendas nobody follows."""
        if self.above is None:
            return []
        if self.above.meeting_id != self.meeting_id or self.above_id == self.pk:
            return [Fault("above", _("This item belongs to another meeting."))]
        if self.above.above_id or (self.pk and self.below.exclude(state=self.State.OFF).exists()):
            return [Fault("above", _("An agenda has two levels: an item, and items under it."))]
        return []

    def may_attach(self, user: User) -> Verdict:
        """The secretary attaches the papers of an item as long as those of the meeting."""
        return self.meeting.may_attach(user)

    def may_remark(self, user: User) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()
