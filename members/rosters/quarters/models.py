"""Ask each unit once a quarter whether its people on the rosters are right (7.2)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.approvals.kinds import Seat
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import with_code
from fsul_portal.lives.models import Life
from fsul_portal.users import User
from members.bodies.rules import KEEP, keeps_seats
from members.divisions.models import Division
from members.libraries.models import Library, Spell, spells_along
from members.libraries.seats import districts_of
from members.rosters.models import Roster, RosterLine

ANSWER = "members.sign_changes"


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def of_units(checks: Any) -> dict[int, Division]:
    """Return the district of the unit of each check."""
    return districts_of([_OfUnit(check) for check in checks])


class _OfUnit:
    """A check as the finder of districts asks for it."""

    def __init__(self, check: "RosterCheck") -> None:
        self.pk, self.library_id = check.pk, check.unit_id


class RosterCheckQuerySet(models.QuerySet["RosterCheck"]):
    def visible_to(self, user: User) -> Self:
        """Return everything for those who keep the seats, else what is asked of units in the own hands."""
        if keeps_seats(user) or holds(user, ANSWER):
            return self
        districts = places_held(user, ANSWER, Division)
        units = Spell.objects.as_of().filter(district__in=districts).values("library_id")
        return self.filter(unit__in=units)

    def unanswered(self) -> Self:
        return self.filter(state=RosterCheck.State.ASKED)

    def for_lists(self) -> Self:
        return self.select_related("unit", "answered_by").prefetch_related(spells_along("unit__spells"))


class RosterCheck(Life):
    """The question of one quarter to one unit, and its answer (7.2)."""

    NEEDS: ClassVar = ("keeper", "answerer")
    SEATS: ClassVar = {
        "keeper": Seat(_("secretary of the coordination office"), KEEP),
        "answerer": Seat(_("signing reviewer of the district library"), ANSWER, of_units),
    }

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CORRECTED = "corrected", _("to be corrected")
        CONFIRMED = "confirmed", _("confirmed")

    MOVES = {
        State.ASKED: {State.CONFIRMED, State.CORRECTED},
        State.CORRECTED: {State.CONFIRMED},
        State.CONFIRMED: set(),
    }

    unit = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=_("unit"))
    quarter = models.CharField(_("quarter"), max_length=7)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    due_on = models.DateField(_("due on"))
    correction = models.TextField(_("what has to be corrected"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = who(verbose_name=_("answered by"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = who(verbose_name=_("settled by"))

    objects: ClassVar[Any] = RosterCheckQuerySet.as_manager()

    class Meta(Life.Meta):
        ordering = ["-quarter", "unit"]
        verbose_name = _("check of the rosters")
        verbose_name_plural = _("checks of the rosters")
        constraints = [
            *Life.Meta.constraints,
            together("answered"),
            together("settled"),
            models.UniqueConstraint(fields=["unit", "quarter"], name="unit_asked_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(answered_at__isnull=False), name="roster_check_answered"
            ),
        ]

    def __str__(self) -> str:
        facts = self.unit.facts
        unit = with_code(facts.name, self.unit.code) if facts else self.unit.code
        return gettext("Rosters of %(quarter)s: %(unit)s") % {"quarter": self.quarter, "unit": unit}

    def get_absolute_url(self) -> str:
        return reverse("members:rostercheck-detail", args=[self.pk])

    def lines(self) -> list[RosterLine]:
        """Return the people of the unit on the rosters of today."""
        current = RosterLine.objects.filter(roster__in=Roster.objects.current(), unit=self.unit_id)
        return list(current.select_related("roster", "district").order_by("roster__title_zh", "position"))
