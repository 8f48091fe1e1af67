"""Keep the meetings of the bodies: called, held with a signed roll, minuted for good (6.2.1 b)."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Q, When
from django.db.models.functions import NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committee.bodies.kinds import COMMITTEE
from committee.bodies.models import Body, reads_all
from committee.bodies.rules import keeps
from fsul_portal.finding.fields import SearchWords
from fsul_portal.finding.pinyin import search_words
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed

MEETINGS_A_YEAR = 2  # 7.1


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Committee, office and leads read all meetings, everybody else those of his own bodies."""
        rows = self.select_related("body")
        return rows if reads_all(user) else rows.filter(body__in=Body.objects.visible_to(user))

    def of_committee(self) -> Self:
        return self.filter(body__kind=COMMITTEE)

    def for_lists(self) -> Self:
        """Count along who was due and who came; a meeting without a roll has neither number."""
        due = NullIf(Count("roll"), 0)
        came = Count("roll", filter=Q(roll__presence__in=RollEntry.ATTENDED))
        return self.select_related("body").annotate(on_the_roll=due, attended=Case(When(on_the_roll__gt=0, then=came)))

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def counting(self):
        """Return the meetings that count towards the duty: quorate, a signed roll and final minutes (7.1)."""
        return self.filter(is_quorate=True, roll_signed_at__isnull=False, minutes_final_at__isnull=False)

    def to_come(self, day):
        return self.filter(state=Meeting.State.CALLED, starts_at__date__gte=day)

    def open(self):
        """Return the meetings that may still come to count: called, or held with the minutes not final."""
        return self.filter(state__in=[Meeting.State.CALLED, Meeting.State.HELD])


class Meeting(Moving, models.Model):
    """One sitting of a body (6.2.1 b)."""

    class Kind(models.TextChoices):
        JOINT = "joint", _("joint meeting")
        SESSION = "session", _("committee session")
        GROUP = "of_group", _("group meeting")
        DISTRICT = "of_district", _("meeting of a district")

    class State(models.TextChoices):
        CALLED = "called", _("called")
        HELD = "held", _("held, minutes open")
        MINUTED = "minuted", _("minutes final")
        CANCELLED = "cancelled", _("cancelled")

    MOVES = {
        State.CALLED: {State.HELD, State.CANCELLED},
        State.HELD: {State.MINUTED},
        State.MINUTED: set(),
        State.CANCELLED: set(),
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.JOINT)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CALLED)
    is_quorate = models.BooleanField(_("quorate"), null=True)
    minutes = models.TextField(_("minutes as a whole"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    called_at = models.DateTimeField(_("called at"), default=timezone.now)
    called_by = who(verbose_name=_("called by"))
    roll_signed_at = models.DateTimeField(_("roll signed at"), null=True)
    roll_signed_by = who(verbose_name=_("roll signed by"))
    minutes_written_at = models.DateTimeField(_("minutes written at"), null=True)
    minutes_written_by = who(verbose_name=_("minutes written by"))
    circulated_at = models.DateTimeField(_("minutes circulated at"), null=True)
    circulated_by = who(verbose_name=_("minutes circulated by"))
    confirm_by = models.DateField(_("to be confirmed by"), null=True)
    minutes_final_at = models.DateTimeField(_("minutes final at"), null=True)
    minutes_final_by = who(verbose_name=_("minutes signed by"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancelled_by = who(verbose_name=_("cancelled by"))
    form_token = models.CharField(max_length=40, editable=False)
    search_words = SearchWords(of=lambda row: search_words(row.title, row.place))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        permissions = [
            ("keep_meetings", "Can call meetings, keep the roll and write minutes"),
            ("sign_minutes", "Can sign rolls and minutes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["called_by", "form_token"], name="meeting_once_per_form"),
            models.CheckConstraint(
                condition=Q(minutes_final_at__isnull=True) | Q(roll_signed_at__isnull=False),
                name="no_final_minutes_without_a_roll",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "minuted"]) | Q(roll_signed_at__isnull=False),
                name="no_meeting_held_without_a_roll",
            ),
            models.CheckConstraint(
                condition=Q(state="minuted", minutes_final_at__isnull=False)
                | (~Q(state="minuted") & Q(minutes_final_at__isnull=True)),
                name="minuted_means_final_minutes",
            ),
            models.CheckConstraint(
                condition=Q(minutes_final_by__isnull=True)
                | Q(minutes_written_by__isnull=True)
                | ~Q(minutes_final_by=models.F("minutes_written_by")),
                name="nobody_signs_minutes_of_his_own",
            ),
            *(
                together(verb)
                for verb in ("called", "roll_signed", "minutes_written", "circulated", "minutes_final", "cancelled")
            ),
            models.CheckConstraint(
                condition=Q(roll_signed_at__isnull=True) | Q(is_quorate__isnull=False),
                name="a_signed_roll_says_whether_quorate",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("committee:meeting-detail", args=[self.pk])

    def may_attach(self, user: Any) -> Verdict:
        """Whoever keeps the meetings attaches papers until the minutes are final."""
        if not keeps(user, self.body):
            return Denied(
                gettext("Files of a meeting are attached by %(keeper)s.") % {"keeper": self.body.sort_of.keeper}
            )
        if self.state not in (self.State.CALLED, self.State.HELD):
            return closed(
                gettext("It is %(state)s; nothing is attached any more.") % {"state": self.get_state_display()}
            )
        return Allowed()

    def may_remark(self, user: Any) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()

    @property
    def counts(self):
        """Tell whether this meeting counts towards the duty (7.1)."""
        return bool(self.is_quorate) and self.roll_signed_at is not None and self.minutes_final_at is not None

    @property
    def has_minutes(self):
        """Tell whether the minutes say anything yet: as a whole, of one item, or a decision."""
        if self.minutes.strip() or self.items.exclude(text__regex=r"^\s*$").exists():
            return True
        return self.decisions.exclude(state="struck").exists()


class RollEntry(models.Model):
    """One line of the roll: who was due, and whether he came; empty as long as nobody has said so (6.2.1 b)."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        DEPUTY = "deputy", _("sent a deputy")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    ATTENDED = (Presence.PRESENT, Presence.DEPUTY)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="roll", verbose_name=_("meeting"))
    name = models.CharField(_("full name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, blank=True, default="")
    votes = models.BooleanField(_("has a vote"), default=True)
    deputy = models.CharField(_("who came as deputy"), max_length=60, blank=True)
    came_with = models.ForeignKey(
        "committee.Item", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("came with")
    )
    left_after = models.ForeignKey(
        "committee.Item", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("left after")
    )
    person = who(verbose_name=_("account"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name", "unit"], name="on_the_roll_once")]
        verbose_name = _("line of the roll")
        verbose_name_plural = _("roll")

    def __str__(self):
        return self.name
