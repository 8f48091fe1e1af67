"""Keep the slips by which figures of locked periods are corrected (6.2.1 j)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Matter, MatterQuerySet, turns_along
from fsul_portal.grammar.pairs import together, who
from fsul_portal.users import User
from members.libraries.models import Library, spells_along
from members.libraries.rules import oversees
from members.periods.models import Period
from members.returns.models import libraries_read_by

FORM_TOKEN = 40


class CorrectionQuerySet(MatterQuerySet["Correction"]):
    def visible_to(self, user: User) -> Self:
        """Return what the user may read: everything for those who oversee, else that of the own libraries."""
        libraries = libraries_read_by(user)
        if libraries is None or oversees(user):
            return self
        return self.filter(Q(library__in=libraries) | self.in_turns_of(user))

    def named(self) -> Self:
        return self.select_related("library", "period").prefetch_related(spells_along("library__spells"))

    def for_lists(self) -> Self:
        """Fetch along what a list and the rules of a page look at."""
        people = self.named().select_related("started_by", "submitted_by", "decided_by")
        return people.prefetch_related(turns_along())

    def in_force(self) -> Self:
        return self.filter(state=Correction.State.IN_FORCE)

    def of_period(self, code: str) -> Self:
        """Return the slips of a period, and of a year those of its months too."""
        return self.filter(period__code__startswith=code) if len(code) == 4 else self.filter(period__code=code)


class Correction(Matter):
    """Figures of one library in one locked period, as they were and as they are to be (6.2.1 j).

    old, new: {"V01": 120} and {"V01": 150}; what is not in `old` was not reported, None in `new` says that it was not.
    opened: the codes which the office has reopened; empty where who begins the slip names the cells himself. A reopened
    one is begun by whoever fills it in: the office has written nothing. moved: the totals that moved (totals.moves).
    """

    way = "correction"

    library = models.ForeignKey(Library, models.PROTECT, related_name="corrections", verbose_name=_("member library"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="corrections", verbose_name=_("period"))
    old = models.JSONField(_("as it was"), default=dict, blank=True)
    new = models.JSONField(_("as it is to be"), default=dict, blank=True)
    opened = models.JSONField(_("reopened cells"), default=list, blank=True)
    opened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)
    opened_by = who(verbose_name=_("reopened by"))
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    moved = models.JSONField(_("totals that moved"), default=list, blank=True)
    number = models.CharField(_("number of the slip"), max_length=30, unique=True, null=True, blank=True)
    form_token = models.CharField(max_length=FORM_TOKEN, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-pk"]
        verbose_name = _("correction slip")
        verbose_name_plural = _("correction slips")
        constraints = [
            *Matter.Meta.constraints,
            together("opened"),
            models.UniqueConstraint(fields=["started_by", "form_token"], name="correction_once_per_form"),
            models.UniqueConstraint(fields=["opened_by", "form_token"], name="correction_opened_once_per_form"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="correction_due")]

    def __str__(self) -> str:
        return f"{self.number or self.library.code} {self.period}"

    @property
    def called(self) -> str:
        return f"{self.number or _('Correction')} · {self.library} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:correction-detail", args=[self.pk])

    @property
    def codes(self) -> list[str]:
        """Return the codes of its cells: those to be changed, else those that are open to be."""
        return sorted(self.new) or sorted(self.opened)

    @property
    def is_in_hand(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RETURNED)
