"""Keep the filings by which member libraries change (6.2.1 e)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Matter
from fsul_portal.approvals.stages import Stage
from fsul_portal.pairs import together, who
from members.libraries.models import Library
from members.libraries.rules import oversees
from workgroups.groups.models import Group

GROUP = "coordination"

STAGES = (
    Stage(
        key="district_signature",
        step=1,
        title=_("Signature of the district library"),
        verb=_("Sign"),
        permission="members.sign_changes",
        place="district",
        seat=_("signing reviewer of the district library"),
    ),
    Stage(
        key="decision",
        step=2,
        title=_("Decision of the coordination group"),
        verb=_("Approve"),
        permission="workgroups.decide_filings",
        place="group",
        seat=_("lead of the coordination group"),
    ),
)


class FilingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return what the user may read: everything for those who oversee, else that of the own libraries."""
        if oversees(user):
            return self
        mine = Library.objects.in_hands_of(user, "members.file_changes")
        to_sign = Library.objects.in_hands_of(user, "members.sign_changes")
        return self.filter(Q(library__in=mine) | Q(library__in=to_sign) | Q(started_by=user))

    def due(self, day):
        """Return what was approved, begins on that day or earlier, and has not been carried out."""
        return self.filter(state=Filing.State.ACCEPTED, effective_on__lte=day)


class Filing(Matter):
    """A change of a member library, asked for, reviewed and put on file (6.2.1 e)."""

    class Kind(models.TextChoices):
        MOVE = "move", _("move")
        SUSPENSION = "suspension", _("suspension")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    library = models.ForeignKey(Library, models.PROTECT, related_name="filings", verbose_name=_("member library"))
    effective_on = models.DateField(_("takes effect on"))
    resumes_on = models.DateField(_("opens again on"), null=True, blank=True)
    requested = models.JSONField(_("requested"), default=dict, encoder=DjangoJSONEncoder)
    original = models.JSONField(_("as it was at submission"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"))
    number = models.CharField(_("filing number"), max_length=30, unique=True, null=True, blank=True)
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
        ]
        indexes = [models.Index(fields=["state", "effective_on"], name="filing_due")]

    def __str__(self):
        return (
            f"{self.number or _('Filing %(pk)s') % {'pk': self.pk}} · {self.get_kind_display()} · {self.library.code}"
        )

    def get_absolute_url(self):
        return reverse("workgroups:coordination:filing-detail", args=[self.pk])

    def stages(self):
        return STAGES

    def places(self, place):
        return [self.library.district] if place == "district" else [Group.objects.get(key=GROUP)]
