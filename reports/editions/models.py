"""Keep the editions of the monthly and annual reports; an edition never changes (6.2.1 j)."""

import secrets
from typing import NamedTuple, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import Words
from fsul_portal.runs.models import Run
from fsul_portal.templatetags.figures import period as in_words
from fsul_portal.users import User
from reports.corrections.models import Correction

TASK, ENGLISH_TASK = "reports.build_edition", "reports.build_english"
UNPRINTABLE_KEPT = 200


def random_name(edition, filename):
    """Return a name for the store that tells nothing and cannot be guessed; the label is given at download."""
    return f"reports/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1]}"


class Standing(NamedTuple):
    """How far an edition is, in a word and its tone."""

    label: Words
    tone: str


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User) -> Self:
        """Return the editions that this user may download now: what is published, or all."""
        if holds(user, "reports.download_reports"):
            return self
        return self.filter(published_at__isnull=False) if user.is_active else self.none()

    def with_builders(self):
        """Say of each edition whether a run is at work on its report: `is_being_written`."""
        runs = Run.objects.filter(task=TASK, state__in=[Run.State.QUEUED, Run.State.RUNNING])
        runs = runs.annotate(kind=KT("parameters__kind"), period=KT("parameters__period"))
        at_work = runs.filter(kind=OuterRef("kind"), period=OuterRef("period"))
        return self.annotate(is_being_written=Exists(at_work))

    def outdated(self) -> Self:
        """Return the newest editions, one for each report, of which figures were corrected since they were frozen."""
        later = Correction.objects.in_force().filter(decided_at__gt=OuterRef("frozen_at"))
        of_month, of_year = later.filter(period__code=OuterRef("period")), later.annotate(year=Left("period__code", 4))
        return self.newest().filter(Exists(of_month) | Exists(of_year.filter(year=OuterRef("period"))))

    def newest(self) -> Self:
        """Return the last edition of each report."""
        newer = Edition.objects.filter(kind=OuterRef("kind"), period=OuterRef("period"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def publishable_by(self, user: User) -> Self:
        """Return the newest editions, one for each report, that this person may publish now."""
        if not holds(user, "reports.publish_reports"):
            return self.none()
        finished = self.exclude(pdf="").exclude(xlsx="").exclude(json="")
        return finished.newest().filter(published_at__isnull=True, provisional=False)


class Edition(models.Model):
    """A report frozen with its figures: the snapshot, its digest, and the documents made of it (6.1 d)."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("monthly report")
        ANNUAL = "annual", _("annual report")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    period = models.CharField(_("period"), max_length=7)
    number = models.PositiveSmallIntegerField(_("edition"))
    provisional = models.BooleanField(_("provisional"), default=False)
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"), default=timezone.now)
    frozen_by = who(verbose_name=_("asked for by"))
    unprintable = models.CharField(_("characters without a glyph"), max_length=UNPRINTABLE_KEPT, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = who(verbose_name=_("published by"))
    pdf = models.FileField("PDF", upload_to=random_name, blank=True)
    xlsx = models.FileField("XLSX", upload_to=random_name, blank=True)
    json = models.FileField("JSON", upload_to=random_name, blank=True)
    # Copies in translation, made when somebody asks for them; the Chinese documents are the edition.
    pdf_en = models.FileField(_("PDF in English"), upload_to=random_name, blank=True)
    xlsx_en = models.FileField(_("XLSX in English"), upload_to=random_name, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "kind", "-number"]
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        constraints = [
            models.UniqueConstraint(fields=["kind", "period", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["kind", "period", "digest"], name="edition_digest_once"),
            together("frozen"),
            together("published"),
        ]
        permissions = [
            ("build_reports", "Can build reports"),
            ("publish_reports", "Can publish reports"),
            ("download_reports", "Can download all reports"),
        ]

    def __str__(self):
        return _("%(kind)s %(period)s, edition %(number)s") % {
            "kind": self.get_kind_display(),
            "period": in_words(self.period),
            "number": self.number,
        }

    def get_absolute_url(self):
        return reverse("reports:edition-detail", args=[self.pk])

    @property
    def is_finished(self):
        return bool(self.pdf and self.xlsx and self.json)

    @property
    def has_english(self) -> bool:
        return bool(self.pdf_en and self.xlsx_en)

    @property
    def standing(self):
        """Return how far it is; rows of `with_builders` know whether somebody is at work on it."""
        if self.published_at:
            return Standing(_("published"), "success")
        if not self.is_finished:
            at_work = getattr(self, "is_being_written", False)
            return Standing(_("being written"), "neutral") if at_work else Standing(_("documents missing"), "warning")
        return Standing(_("provisional"), "warning") if self.provisional else Standing(_("ready"), "info")
