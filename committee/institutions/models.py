"""Keep the institutions and rules of the system: what is drafted, consulted, decided and in force (6.1 a)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committee.documents.models import CommitteePaper, CommitteePaperQuerySet
from fsul_portal.numbers.series import series
from fsul_portal.papers.models import Edition, Opinion

SERIES = series("institution", _("Institutions and rules"), "FSUL-ZD-{year}-{number:02}")
WAY = "institution"


class InstitutionQuerySet(CommitteePaperQuerySet):
    def rule_of_meetings(self, day: date) -> Self:
        """Return the rule by which meetings are held, as it was in force on a day (7.1)."""
        return self.in_force(day).filter(kind=Institution.Kind.MEETINGS)


class Institution(CommitteePaper):
    """An institution or a rule of the system, from the proposal to the day on which another one replaces it (6.1 a)."""

    class Kind(models.TextChoices):
        CHARTER = "charter", _("charter and organisation")
        MEETINGS = "meetings", _("rule of meetings")
        MANAGEMENT = "management", _("rule of management")
        SERVICE = "service", _("rule of service")
        RESOURCES = "resources", _("rule of resources and techniques")
        ASSESSMENT = "assessment", _("rule of assessment")
        OTHER = "other", _("other rule")

    SERIES: ClassVar = SERIES

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    basis = models.TextField(_("basis"), blank=True)
    in_charge = models.CharField(_("drafted under the lead of"), max_length=100, blank=True)

    objects: ClassVar[Any] = InstitutionQuerySet.as_manager()

    class Meta(CommitteePaper.Meta):
        verbose_name = _("institution or rule")
        verbose_name_plural = _("institutions and rules")

    @property
    def way(self) -> str:
        return WAY

    def get_absolute_url(self) -> str:
        return reverse("committee:institution-detail", args=[self.pk])


class InstitutionEdition(Edition):
    """A text of an institution (6.1 a)."""

    paper = models.ForeignKey(Institution, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        verbose_name = _("edition of an institution")
        verbose_name_plural = _("editions of institutions")


class InstitutionOpinion(Opinion):
    """An opinion on an institution, and what became of it (6.1 a)."""

    paper = models.ForeignKey(Institution, models.PROTECT, related_name="consulted")

    class Meta(Opinion.Meta):
        verbose_name = _("opinion on an institution")
        verbose_name_plural = _("opinions on institutions")
