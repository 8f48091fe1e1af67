"""Keep who agreed with the minutes of a meeting, and what was corrected after they were signed (6.2.1 b)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.agendas.models import ReadWithMeetingsQuerySet
from committee.meetings.models import Meeting
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def of_round(self, meeting: Meeting) -> Self:
        """Return the answers to the minutes as they are circulated now; answers to earlier texts stay on record."""
        return self.filter(meeting=meeting, circulated_at=meeting.circulated_at)


class Confirmation(models.Model):
    """One member's answer to the minutes that were circulated: agrees, or objects with a text (6.2.1 b)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="confirmations", verbose_name=gettext_lazy("meeting")
    )
    circulated_at = models.DateTimeField(gettext_lazy("minutes circulated at"))
    agrees = models.BooleanField(gettext_lazy("agrees"))
    objection = models.TextField(gettext_lazy("objection"), blank=True)
    answered_at = models.DateTimeField(gettext_lazy("answered at"), default=timezone.now)
    answered_by = who(verbose_name=gettext_lazy("answered by"))

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("answer to minutes")
        verbose_name_plural = gettext_lazy("answers to minutes")
        constraints = [
            together("answered"),
            models.UniqueConstraint(
                fields=["meeting", "circulated_at", "answered_by"], name="one_answer_a_person_and_round"
            ),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(objection=""), name="an_objection_has_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.answered_by}"


class AddendumQuerySet(ReadWithMeetingsQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("meeting", "started_by", "signed_by")

    def signed(self) -> Self:
        return self.filter(state=Addendum.State.SIGNED)


class Addendum(Life):
    """A correction of minutes that are final: they stay as they are, this stands behind them (6.2.1 b)."""

    NEEDS: ClassVar = ("keeper", "signer")
    SEATS: ClassVar = {
        "keeper": Seat(gettext_lazy("secretary of the coordination office"), "committee.keep_meetings"),
        "signer": Seat(gettext_lazy("chair of the committee"), "committee.sign_minutes"),
    }

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("addendum", "written")
        SIGNED = "signed", pgettext_lazy("addendum", "signed")
        DROPPED = "dropped", pgettext_lazy("addendum", "put away")

    MOVES = {State.WRITTEN: {State.SIGNED, State.DROPPED}, State.SIGNED: set(), State.DROPPED: set()}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="addenda", verbose_name=gettext_lazy("meeting"))
    text = models.TextField(gettext_lazy("what is corrected"))
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WRITTEN)
    signed_at = models.DateTimeField(gettext_lazy("signed at"), null=True, blank=True)
    signed_by = who(verbose_name=gettext_lazy("signed by"))

    objects: ClassVar[Any] = AddendumQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["meeting", "started_at"]
        verbose_name = gettext_lazy("addendum to minutes")
        verbose_name_plural = gettext_lazy("addenda to minutes")
        constraints = [*Life.Meta.constraints, together("signed")]

    def __str__(self) -> str:
        return _("Addendum to: %(meeting)s") % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return reverse("committee:addendum-detail", args=[self.pk])

    def may_remark(self, user: User) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()
