"""Keep the problems of the system that libraries put to the committee (6.1 f)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import Seat
from fsul_portal.cases.models import Case, CaseQuerySet
from fsul_portal.lives.rules import sits
from fsul_portal.users import User
from members.libraries.models import Library, spells_along
from members.libraries.seats import districts_of, libraries_of

FILES, SIGNS = "members.file_changes", "members.sign_changes"
KEEPS, OVERSEES = "committee.keep_meetings", "members.oversee_libraries"


def _with_library(find: Any) -> Any:
    """Return a finder of places that leaves out what no library raised."""
    return lambda problems: find([problem for problem in problems if problem.library_id])


class ProblemQuerySet(CaseQuerySet):
    def visible_to(self, user: User) -> Self:
        """Return everything for those who oversee the system, else that of the own libraries and of one's own hand."""
        if sits(user, Problem(), "worker", "keeper"):
            return self
        own = Library.objects.in_hands_of(user, FILES).values("pk")
        signed = Library.objects.in_hands_of(user, SIGNS).values("pk")
        mine = Q(pk__in=self.with_hand_of(user).order_by().values("pk"))
        found: Self = self.filter(Q(library__in=own) | Q(library__in=signed) | mine)
        return found

    def for_lists(self) -> Self:
        return self.select_related("library", "assignee", "started_by").prefetch_related(
            spells_along("library__spells")
        )


class Problem(Case):
    """A problem of the system, from the library that raises it to the one who closes it (6.1 f)."""

    class Kind(models.TextChoices):
        RULES = "rules", _("rules and procedures")
        SYSTEM = "system", _("library system and network")
        DELIVERY = "delivery", _("deliveries between libraries")
        STOCK = "stock", _("stock and cataloguing")
        STAFF = "staff", _("staff and training")
        FUNDS = "funds", _("funds and facilities")
        SERVICE = "service", _("service to readers")
        OTHER = "other", _("something else")

    OPENERS: ClassVar = ("opener", "opener_library", "keeper")
    SEATS: ClassVar = {
        "opener": Seat(_("editor of the district library"), FILES, _with_library(districts_of)),
        "opener_library": Seat(_("editor of the library"), FILES, _with_library(libraries_of)),
        "keeper": Seat(_("secretary of the coordination office"), KEEPS),
        "worker": Seat(_("those who oversee the libraries"), OVERSEES),
    }

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    library = models.ForeignKey(
        Library, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("raised for")
    )
    demand = models.TextField(_("what is asked for"), blank=True)

    objects: ClassVar[Any] = ProblemQuerySet.as_manager()

    class Meta(Case.Meta):
        verbose_name = _("problem of the system")
        verbose_name_plural = _("problems of the system")

    def get_absolute_url(self) -> str:
        return reverse("committee:problem-detail", args=[self.pk])
