"""Keep what each library reported for each period (6.2.1 j)."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import EDITED, Matter, MatterQuerySet
from fsul_portal.users import User
from members.libraries.models import Library, LibraryQuerySet, spells_along
from members.libraries.rules import oversees
from members.periods.models import Period

# A figure is a whole number, or one of these; a key that is not there was not reported. 0 is a number like others.
NOT_APPLICABLE, CLOSED = "na", "closed"
# The record's word for figures that came in a file; whoever sent it is a writer like those who typed.
IMPORTED = "imported"

RECEIVED = (Matter.State.SUBMITTED, Matter.State.ACCEPTED)


def libraries_read_by(user: User) -> LibraryQuerySet | None:
    """Return the libraries whose returns the user may read; None stands for all of them."""
    if oversees(user):
        return None
    mine = Library.objects.in_hands_of(user, "members.report_returns")
    to_accept = Library.objects.in_hands_of(user, "members.accept_returns")
    to_certify = Library.objects.in_hands_of(user, "members.certify_returns")
    every = (Q(pk__in=some.values("pk")) for some in (mine, to_accept, to_certify))
    return Library.objects.filter(reduce(or_, every))


def around(libraries: Collection[int]) -> Q:
    """Return a condition that holds for the libraries of these keys, and may hold for others whose keys lie between.

    Who looks things up by key asks for the range of a file that names nearly all: a thousand keys cost more than it.
    """
    first, last = min(libraries, default=0), max(libraries, default=0)
    close = last - first < 2 * len(libraries)
    return Q(library__gte=first, library__lte=last) if close else Q(library__in=libraries)


class ReturnQuerySet(MatterQuerySet):
    def visible_to(self, user):
        """Return what the user may read: everything for those who oversee, else that of the own libraries."""
        libraries = libraries_read_by(user)
        return self if libraries is None else self.filter(Q(library__in=libraries) | self.in_turns_of(user))

    def accepted(self) -> Self:
        return self.filter(state=Return.State.ACCEPTED)

    def named(self) -> Self:
        return self.select_related("library", "period").prefetch_related(spells_along("library__spells"))

    def received(self):
        """Return what was handed in and not given back."""
        return self.filter(state__in=RECEIVED)


class Return(Matter):
    """The figures of one library for one period, all in one row (6.2.1 j).

    figures: {"V01": 12, "C01": "na", "E01": "closed"}; notes: {"V01": "explanation"}; questions: what the checks asked
    and nobody has explained, [{"code": "V01", "rule": "swing_month", "words": {…}}], put into words by checks.Finding.
    origins: which export gave a figure, {"L01": {"source": "…", "value": 12}}, as long as the figure is that one.
    received_at: when it was first handed in, which a correction does not change; empty where the office took it in.
    """

    # What was accepted is given back until its month is locked.
    MOVES = Matter.MOVES | {Matter.State.ACCEPTED: {Matter.State.IN_FORCE, Matter.State.RETURNED}}
    WRITING = (EDITED, IMPORTED)
    way = "return"

    library = models.ForeignKey(Library, models.PROTECT, related_name="returns", verbose_name=_("member library"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="returns", verbose_name=_("period"))
    figures = models.JSONField(_("figures"), default=dict)
    notes = models.JSONField(_("explanations"), default=dict)
    questions = models.JSONField(_("questions"), default=list, encoder=DjangoJSONEncoder)
    origins = models.JSONField(_("exports that gave figures"), default=dict, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("first handed in at"), null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-period__code", "library__code"]
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        permissions = [("import_returns", "Can import returns")]
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(fields=["library", "period"], name="return_once_a_period"),
        ]
        # With the library in it, nobody reads the figures of a month to see who has handed in.
        indexes = [models.Index(fields=["period", "state", "library"], name="return_of_period")]

    def __str__(self):
        return f"{self.library.code} {self.period}"

    @property
    def called(self):
        return f"{self.library} · {self.period}"

    def origin_of(self, code: str) -> str:
        """Return the export that gave a figure as it stands, or ""."""
        origin = self.origins.get(code)
        return origin["source"] if origin and origin["value"] == self.figures.get(code) else ""

    def get_absolute_url(self):
        return reverse("returns:return-detail", args=[self.pk])
