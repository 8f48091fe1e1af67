"""Keep what somebody has to do for a record, by when, and what shows that it was done."""

from collections.abc import Iterable
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds, holds_on, people_holding, places_held
from fsul_portal.calendar import Deadline, deadline_on
from fsul_portal.grammar.moves import Moving
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.things import HangsOnThing, OfThingQuerySet
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict


class AssignmentQuerySet(OfThingQuerySet["Assignment"]):
    def open_to(self, user: User) -> Self:
        """Return what waits for this person, named or as a holder of the seat."""
        return self.filter(Q(person=user) | self._seats_of(user), state=Assignment.State.OPEN)

    def awaiting_check_of(self, user: User) -> Self:
        """Return what is done and waits for this person to look at it."""
        checks = Q(checker=user) | Q(checker__isnull=False, assigned_by=user)
        return self.filter(checks, state=Assignment.State.DONE).exclude(done_by=user)

    def left_by(self, person: User) -> Self:
        """Return what a person who leaves has still to do, or to look at."""
        unchecked = self.filter(state__in=[Assignment.State.OPEN, Assignment.State.DONE])
        return unchecked.filter(Q(person=person, state=Assignment.State.OPEN) | Q(checker=person))

    def visible_to(self, user: User) -> Self:
        own = Q(person=user) | Q(checker=user) | Q(assigned_by=user) | Q(done_by=user)
        return self.filter(own | self._seats_of(user))

    def _seats_of(self, user: User) -> Q:
        """Return the condition of the seats which the person holds; it costs a query or two a kind of seat."""
        seats = Assignment.objects.exclude(permission="").order_by().values_list("permission", "place_type").distinct()
        held = Q(pk__in=[])
        for permission, place_type in seats:
            if holds(user, permission):
                held |= Q(permission=permission)
            elif place_type and (model := ContentType.objects.get_for_id(place_type).model_class()):
                places = places_held(user, permission, model)
                held |= Q(permission=permission, place_type=place_type, place_id__in=places)
        return held


class Assignment(Moving, HangsOnThing):
    """One thing to do, for a person or for whoever holds a permission on a place."""

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        CHECKED = "checked", _("checked")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Evidence(models.TextChoices):
        NOTHING = "nothing", _("nothing")
        NOTE = "note", _("a note")
        FILE = "file", _("a file")

    MOVES = {
        State.OPEN: {State.DONE, State.WITHDRAWN},
        State.DONE: {State.CHECKED, State.OPEN},
        State.CHECKED: set(),
        State.WITHDRAWN: set(),
    }

    title = models.CharField(_("task"), max_length=200)
    text = models.TextField(_("explanation"), blank=True)
    helpers = models.CharField(_("helped by"), max_length=200, blank=True)
    person = who(related_name="assignments", verbose_name=_("person"))
    permission = models.CharField(_("seat"), max_length=80, blank=True)
    place_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of place")
    )
    place_id = models.BigIntegerField(null=True, blank=True)
    place = GenericForeignKey("place_type", "place_id")
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence.choices, default=Evidence.NOTHING)
    checker = who(verbose_name=_("checked by"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    assigned_at = models.DateTimeField(_("assigned at"), default=timezone.now)
    assigned_by = who(verbose_name=_("assigned by"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = who(verbose_name=_("done by"))
    done_note = models.TextField(_("what was done"), blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = who(verbose_name=_("checked by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = who(verbose_name=_("withdrawn by"))

    objects = AssignmentQuerySet.as_manager()

    class Meta(HangsOnThing.Meta):
        abstract = False
        ordering = ["due_on", "pk"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [*HangsOnThing.Meta.indexes, models.Index(fields=["state", "due_on"], name="assignment_due")]
        constraints = [
            *(together(verb) for verb in ("assigned", "done", "checked", "withdrawn")),
            models.CheckConstraint(
                condition=Q(person__isnull=False, permission="") | (Q(person__isnull=True) & ~Q(permission="")),
                name="assigned_to_a_person_or_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("done_by")),
                name="nobody_checks_what_he_did",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("task-detail", args=[self.pk])

    def is_for(self, user: User) -> bool:
        """Tell whether this person may do it."""
        return self.person_id == user.pk or self._seats(user)

    def concerns(self, user: User) -> bool:
        """Tell of one task what `visible_to` asks of all."""
        return user.pk in {self.person_id, self.checker_id, self.assigned_by_id, self.done_by_id} or self._seats(user)

    def _seats(self, user: User) -> bool:
        return bool(self.permission) and holds_on(user, self.permission, self.place_type_id, self.place_id)

    def people(self) -> Iterable[User]:
        """Return the person, or all who hold the seat."""
        return [self.person] if self.person else people_holding(self.permission, self.place)

    def may_attach(self, user: User) -> Verdict:
        """Whoever does it attaches what shows that it was done (asked by the files)."""
        if self.state == self.State.OPEN and self.is_for(user):
            return Allowed()
        return Denied(gettext("Files are attached by whoever does the task, while it is open."))

    def may_remark(self, user: User) -> Verdict:
        """Whoever sees a task may ask about it (asked by the remarks)."""
        return Allowed()

    @property
    def deadline(self) -> Deadline:
        return deadline_on(self.due_on)

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()
