"""Keep the filings by which member libraries change (6.2.1 e)."""

from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Matter, MatterQuerySet, Turn
from fsul_portal.approvals.rules import stage_for
from fsul_portal.grammar.pairs import together, who
from fsul_portal.verdicts import Allowed, Denied, Verdict, closed
from members.libraries.models import Library, Spell, course_along, spells_along
from members.libraries.rules import oversees, speaks_for
from workgroups.coordination.filings.kinds.facts import plain_facts
from workgroups.coordination.filings.kinds.table import KINDS

CLAUSE = "6.2.1 e"


class FilingQuerySet(MatterQuerySet):
    def visible_to(self, user):
        """Return what the user may read: everything for those who oversee, else that of the own libraries."""
        if oversees(user):
            return self
        mine = Library.objects.in_hands_of(user, "members.file_changes")
        to_sign = Library.objects.in_hands_of(user, "members.sign_changes")
        return self.filter(Q(library__in=mine) | Q(library__in=to_sign) | self.in_turns_of(user))

    def due(self, day):
        """Return what was approved, begins on that day or earlier, and has not been carried out."""
        return self.filter(state=Filing.State.ACCEPTED, effective_on__lte=day)

    def of_district(self, district):
        """Return the filings of the libraries that belong to the district today."""
        return self.filter(library__in=Spell.objects.as_of().filter(district=district).values("library_id"))

    def for_lists(self):
        """Fetch along what a list shows and is ordered by, in a number of queries that does not grow."""
        today = Spell.objects.as_of().filter(library=OuterRef("library"))
        asked = Turn.objects.of_model(Filing).open().filter(object_id=OuterRef("pk"), round=OuterRef("round"))
        return (
            self.select_related("started_by", "submitted_by", "library")
            .prefetch_related(spells_along("library__spells"))
            .annotate(
                waiting_since=Subquery(asked.order_by("opened_at").values("opened_at")[:1]),
                district_sort=Subquery(today.values("district__sort")[:1]),
            )
        )

    def named(self):
        return self.select_related("library").prefetch_related(spells_along("library__spells"))

    def with_all(self) -> Self:
        """Fetch along what a decision reads and its letters say: turns, people, all that is known of the libraries."""
        people = self.select_related("library", "started_by", "submitted_by")
        return people.with_turns().prefetch_related(course_along("library__spells"))

    def with_rivals(self) -> Self:
        """Tell along, as `has_rival`, whether another filing of the kind is under way for the library."""
        others = Filing.objects.filter(library=OuterRef("library"), kind=OuterRef("kind"))
        rivals = others.filter(state__in=Filing.UNDER_WAY).exclude(pk=OuterRef("pk"))
        return self.annotate(has_rival=Exists(rivals))


class Filing(Matter):
    """A change of a member library, asked for, reviewed and put on file (6.2.1 e)."""

    # Plans change: what is approved but not carried out yet may still be taken back; its number stays taken.
    MOVES = Matter.MOVES | {Matter.State.ACCEPTED: {Matter.State.IN_FORCE, Matter.State.WITHDRAWN}}
    UNDER_WAY = (Matter.State.SUBMITTED, Matter.State.ACCEPTED)

    kind = models.CharField(_("kind"), max_length=20)
    library = models.ForeignKey(Library, models.PROTECT, related_name="filings", verbose_name=_("member library"))
    effective_on = models.DateField(_("takes effect on"))
    resumes_on = models.DateField(_("opens again on"), null=True, blank=True)
    requested = models.JSONField(_("requested"), default=dict, encoder=DjangoJSONEncoder)
    original = models.JSONField(_("as it was at submission"), default=dict, encoder=DjangoJSONEncoder)
    seen = models.JSONField(_("as it was when it was decided"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"))
    number = models.CharField(_("filing number"), max_length=30, unique=True, null=True, blank=True)
    form_token = models.CharField(max_length=40, editable=False)
    applied_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    applied_by = who(verbose_name=_("carried out by"))

    objects = FilingQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-started_at", "-pk"]
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            *Matter.Meta.constraints,
            together("applied"),
            models.CheckConstraint(
                condition=Q(resumes_on__isnull=True) | Q(resumes_on__gt=models.F("effective_on")),
                name="filing_resumes_after_it_began",
            ),
            models.UniqueConstraint(fields=["started_by", "form_token"], name="filing_once_per_form"),
            models.UniqueConstraint(
                fields=["library", "kind"],
                condition=Q(state__in=["submitted", "accepted"]),
                name="filing_one_of_a_kind_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "effective_on"], name="filing_due"),
            models.Index(fields=["-started_at", "-id"], name="filing_newest"),
        ]

    def __str__(self):
        return self._called(self.library.code)

    @property
    def called(self):
        return self._called(str(self.library))

    def _called(self, library):
        name = self.number or gettext("Filing %(pk)s") % {"pk": self.pk}
        return f"{name} · {self.what.title} · {library}"

    def get_absolute_url(self):
        return reverse("workgroups:coordination:filing-detail", args=[self.pk])

    @property
    def what(self):
        """Return the entry of its kind."""
        return KINDS[self.kind]

    def get_kind_display(self):
        return self.what.title

    @property
    def facts_then(self) -> dict[str, str]:
        """Return what the registry says about the day on which it takes effect, as plain text."""
        return plain_facts(self.library.facts_on(self.effective_on))

    @property
    def facts_now(self) -> dict[str, str]:
        """Return the same, asked anew: another filing of the same act may have changed the library since."""
        spells = Spell.objects.as_of(self.effective_on).filter(library=self.library_id)
        return plain_facts(spells.select_related("district", "town", "parent").first())

    @property
    def is_in_hand(self):
        """Say whether those who wrote it still have it, or have it again."""
        return self.can_become(self.State.SUBMITTED)

    def may_attach(self, user: Any) -> Verdict:
        """The library's side and whoever has the turn attach what bears on it, until it is decided."""
        if self.state not in (self.State.DRAFT, self.State.RETURNED, self.State.SUBMITTED):
            return closed(
                gettext("It is %(state)s; nothing is attached any more.") % {"state": self.get_state_display()}
            )
        if speaks_for(user, self.library, "members.file_changes") or stage_for(user, self):
            return Allowed()
        return Denied(gettext("Files are attached by the library's side, and by whoever has the turn."))

    def may_remark(self, user: Any) -> Verdict:
        """Whoever reads it may ask about it."""
        return Allowed()

    @property
    def way(self):
        return f"filing-{self.kind}"
