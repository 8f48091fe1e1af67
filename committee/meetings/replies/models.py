"""Keep what each invited person has replied to a meeting (6.2.1 b)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from committee.bodies.people import invited
from committee.meetings.models import Meeting
from fsul_portal.notices.models import to_a_person
from fsul_portal.users import User


class Reply(models.Model):
    """What one person replies to the call of a meeting; the records know what he replied before (6.2.1 b)."""

    class Answer(models.TextChoices):
        ATTENDS = "attends", _("attends")
        DEPUTY = "deputy", _("sends a deputy")
        EXCUSED = "excused", _("is excused")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies", verbose_name=_("meeting"))
    person = to_a_person("meeting_replies")
    answer = models.CharField(_("reply"), max_length=10, choices=Answer.choices)
    deputy_name = models.CharField(_("name of the deputy"), max_length=60, blank=True)
    deputy_position = models.CharField(_("position of the deputy"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # Whoever holds the mail can use its link; the secretary sees which way a reply came.
    is_by_link = models.BooleanField(_("by the link in the mail"), default=False)
    replied_at = models.DateTimeField(_("replied at"), default=timezone.now)

    class Meta:
        ordering = ["replied_at", "pk"]
        verbose_name = _("reply to a meeting")
        verbose_name_plural = _("replies to a meeting")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="reply_once"),
            models.CheckConstraint(
                condition=Q(answer="deputy") & ~Q(deputy_name="") & ~Q(deputy_position="")
                | ~Q(answer="deputy") & Q(deputy_name="", deputy_position=""),
                name="deputy_named_where_one_comes",
            ),
            models.CheckConstraint(
                condition=Q(answer="excused") & ~Q(reason="") | ~Q(answer="excused") & Q(reason=""),
                name="reason_where_somebody_is_excused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_answer_display()}"


def replies_of(meeting: Meeting) -> "models.QuerySet[Reply]":
    """Return the replies of those who are due; whoever has left the body since is due no more (6.2.1 b)."""
    return Reply.objects.filter(meeting=meeting, person__in=invited(meeting.body)).select_related("person__library")


def link_for(meeting: Meeting, person: User) -> str:
    """Return the address at which this one person replies without a login; it goes by mail to him alone."""
    return reverse("committee:meeting-reply-signed", args=[meeting.pk, person.pk, _signature(meeting.pk, person.pk)])


def is_link_of(meeting: int, person: int, signature: str) -> bool:
    return constant_time_compare(_signature(meeting, person), signature)


def _signature(meeting: int, person: int) -> str:
    return salted_hmac("committee.meetings.reply", f"{meeting}:{person}", algorithm="sha256").hexdigest()
