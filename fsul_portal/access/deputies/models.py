"""Say who acts for whom, from which day to which."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def in_force(self, day: date | None = None) -> Self:
        """Return who acts on that day, today without one; nobody acts for a closed account or with one."""
        day = day or timezone.localdate()
        return self.filter(
            first_day__lte=day,
            last_day__gte=day,
            ended_at__isnull=True,
            absent__is_active=True,
            deputy__is_active=True,
        )

    def not_over(self, day: date | None = None) -> Self:
        return self.filter(last_day__gte=day or timezone.localdate(), ended_at__isnull=True)


class Deputy(models.Model):
    """One person acts in the turns of another; NARROWED names what may narrow it, `approvals.deputies` to which."""

    NARROWED = ("kind",)

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("deputy")
    )
    kind = models.CharField(_("kind of matter"), max_length=40, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    word_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    named_at = models.DateTimeField(_("named at"), default=timezone.now)
    named_by = who(verbose_name=_("entered by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = who(verbose_name=_("ended by"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="nobody_is_his_own_deputy"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="deputy_ends_after_the_beginning"),
            together("named"),
            together("ended"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.absent}"
