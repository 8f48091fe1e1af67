"""Keep what each library reported for each period (6.2.1 j)."""

import calendar
import re
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Matter
from fsul_portal.approvals.stages import Stage
from fsul_portal.pairs import together, who
from fsul_portal.records.models import Record
from members.libraries.models import Library
from members.libraries.rules import oversees

PERIOD_CODE = re.compile(r"\A(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?\Z")

# A figure is a whole number, or one of these; a key that is not there was not reported. 0 is a number like others.
NOT_APPLICABLE, CLOSED = "na", "closed"
# The record's word for figures that came in a file; whoever sent it is a writer like those who typed.
IMPORTED = "imported"

STAGES = (
    Stage(
        key="acceptance",
        step=1,
        title=_("Acceptance by the district library"),
        verb=_("Accept"),
        permission="members.accept_returns",
        place="district",
        seat=_("signing reviewer of the district library"),
    ),
)


RECEIVED = (Matter.State.SUBMITTED, Matter.State.ACCEPTED)


class PeriodQuerySet(models.QuerySet):
    def months_of(self, year):
        return self.filter(code__startswith=f"{year}-")


class Period(models.Model):
    """A month (2025-03), or a year (2025) for what is asked once a year and for history (6.2.1 j)."""

    code = models.CharField(_("period"), max_length=7, unique=True, validators=[RegexValidator(PERIOD_CODE)])
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    version = models.PositiveIntegerField(_("version"), default=0)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    locked_by = who(verbose_name=_("locked by"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-code"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [together("locked")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("reports:month-detail", args=[self.code])

    @property
    def is_year(self):
        return len(self.code) == 4

    @property
    def is_locked(self):
        return self.locked_at is not None

    @property
    def year(self):
        return int(self.code[:4])

    @property
    def days(self):
        return (self.last_day - self.first_day).days + 1


def period_named(code):
    """Return the period of that code as it is stored, else one that is not stored yet; ValueError when it is none."""
    first_day, last_day = period_days(code)
    stored = Period.objects.select_related("locked_by").filter(code=code).first()
    return stored or Period(code=code, first_day=first_day, last_day=last_day)


def month_before(code, months=1):
    """Return the code of the month so many months before."""
    count = int(code[:4]) * 12 + int(code[5:]) - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}"


def period_days(code):
    """Return the first and last day of a period's code; ValueError when it is none."""
    if not PERIOD_CODE.match(code):
        raise ValueError(code)
    year, month = int(code[:4]), int(code[5:] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def libraries_read_by(user):
    """Return the libraries whose returns the user may read; None stands for all of them."""
    if oversees(user):
        return None
    mine = Library.objects.in_hands_of(user, "members.report_returns")
    to_accept = Library.objects.in_hands_of(user, "members.accept_returns")
    return Library.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=to_accept.values("pk")))


class ReturnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return what the user may read: everything for those who oversee, else that of the own libraries."""
        libraries = libraries_read_by(user)
        return self if libraries is None else self.filter(library__in=libraries)

    def accepted(self):
        return self.filter(state=Return.State.ACCEPTED)

    def received(self):
        """Return what was handed in and not given back."""
        return self.filter(state__in=RECEIVED)


class Return(Matter):
    """The figures of one library for one period, all in one row (6.2.1 j).

    figures: {"V01": 12, "C01": "na", "E01": "closed"}; notes: {"V01": "explanation"}; questions: what the checks asked
    and nobody has explained, [{"code": "V01", "rule": "swing_month", "words": {…}}], put into words by checks.Finding.
    received_at: when it was first handed in, which a correction does not change; empty where the office took it in.
    """

    library = models.ForeignKey(Library, models.PROTECT, related_name="returns", verbose_name=_("member library"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="returns", verbose_name=_("period"))
    figures = models.JSONField(_("figures"), default=dict)
    notes = models.JSONField(_("explanations"), default=dict)
    questions = models.JSONField(_("questions"), default=list, encoder=DjangoJSONEncoder)
    source = models.CharField(_("source"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("first handed in at"), null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta(Matter.Meta):
        ordering = ["-period__code", "library__code"]
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(fields=["library", "period"], name="return_once_a_period"),
        ]
        indexes = [models.Index(fields=["period", "state"], name="return_of_period")]

    def __str__(self):
        return f"{self.library.code} {self.period.code}"

    def get_absolute_url(self):
        return reverse("reports:return-detail", args=[self.pk])

    def stages(self):
        return STAGES

    def places(self, place):
        return [self.library.district]

    def writers(self):
        imported = Record.objects.of(self).filter(verb=IMPORTED).order_by().values_list("by_id", flat=True)
        return super().writers() | (set(imported) - {None})
