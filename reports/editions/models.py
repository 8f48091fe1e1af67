"""Keep the editions of the monthly and annual reports; an edition never changes (6.2.1 j)."""

import secrets
from typing import NamedTuple, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.access.rules import holds
from fsul_portal.approvals.models import EDITED, Matter, MatterQuerySet
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.states import STATES
from fsul_portal.grammar.words import Words
from fsul_portal.runs.models import Run
from fsul_portal.templatetags.figures import period as in_words
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict
from reports.corrections.models import Correction

TASK, ENGLISH_TASK, WRITE_TASK = "reports.build_edition", "reports.build_english", "reports.write_edition"
UNPRINTABLE_KEPT = 200


def random_name(edition, filename):
    """Return a name for the store that tells nothing and cannot be guessed; the label is given at download."""
    return f"reports/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1]}"


class Standing(NamedTuple):
    """How far an edition is, in a word and its tone."""

    label: Words
    tone: str


class EditionQuerySet(MatterQuerySet["Edition"]):
    def visible_to(self, user: User) -> Self:
        """Return the editions that this user may download now: what is published, what waits for him, or all."""
        if holds(user, "reports.download_reports"):
            return self
        if not user.is_active:
            return self.none()
        return self.filter(Q(published_at__isnull=False) | self.in_turns_of(user))

    def published_to(self, user: User) -> Self:
        """Return what is published of what this user sees: that waits for nobody, so nobody's turns are looked for."""
        return self.filter(published_at__isnull=False) if user.is_active else self.none()

    def in_hand_of(self, user: User) -> Self:
        """Return what the user keeps or has had built, and which is still in the hands of the office."""
        mine = Q(keeper=user) | (Q(keeper__isnull=True) & (Q(started_by=user) | Q(submitted_by=user)))
        return self.filter(mine, state__in=Edition.IN_HAND)

    def with_builders(self):
        """Say of each edition whether a run is at work on it (`is_being_written`), and whether a later one is published
        (`is_replaced`)."""
        runs = Run.objects.filter(state__in=[Run.State.QUEUED, Run.State.RUNNING])
        built = runs.filter(task=TASK).annotate(kind=KT("parameters__kind"), period=KT("parameters__period"))
        written = runs.filter(task=WRITE_TASK).annotate(edition=KT("parameters__edition"))
        is_built = Q(Exists(built.filter(kind=OuterRef("kind"), period=OuterRef("period"))))
        is_written = Q(Exists(written.filter(edition=Cast(OuterRef("pk"), models.CharField()))))
        later = Edition.objects.filter(published_at__isnull=False, number__gt=OuterRef("number"))
        later = later.filter(kind=OuterRef("kind"), period=OuterRef("period"))
        return self.annotate(is_being_written=is_built | is_written, is_replaced=Exists(later))

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
        return self.finished().newest().filter(state=Edition.State.ACCEPTED)

    def submittable_by(self, user: User) -> Self:
        """Return the newest editions that this person may have to put to remarks or to review."""
        if not holds(user, "reports.publish_reports"):
            return self.none()
        return self.finished().newest().filter(state__in=Edition.IN_HAND, provisional=False)

    def finished(self) -> Self:
        """Return the editions whose documents are all there."""
        return self.exclude(pdf="").exclude(xlsx="").exclude(json="")


class Edition(Matter):
    """A report frozen with its figures: the snapshot, its digest, its texts, and the documents made of them (6.1 d).

    texts: {chapter: {language: text}}, what the office wrote around the figures; a name in braces stands for a figure.
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("monthly report")
        ANNUAL = "annual", _("annual report")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CONSULTED = "consulted", _("open to remarks")
        SUBMITTED = "submitted", _("under review")
        RETURNED = "returned", _("returned for correction")
        ACCEPTED = "accepted", _("approved")
        IN_FORCE = "in_force", _("published")

    MOVES = {
        State.DRAFT: {State.CONSULTED, State.SUBMITTED},
        State.CONSULTED: {State.CONSULTED, State.SUBMITTED},
        State.SUBMITTED: {State.DRAFT, State.ACCEPTED, State.RETURNED},
        State.RETURNED: {State.CONSULTED, State.SUBMITTED},
        State.ACCEPTED: {State.IN_FORCE},
        State.IN_FORCE: set(),
    }
    IN_HAND = (State.DRAFT, State.CONSULTED, State.RETURNED)
    # Whoever wrote a text of it does not approve it.
    WRITING = (EDITED,)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    period = models.CharField(_("period"), max_length=7)
    number = models.PositiveSmallIntegerField(_("edition"))
    provisional = models.BooleanField(_("provisional"), default=False)
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    digest = models.CharField(_("digest"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"), default=timezone.now)
    frozen_by = who(verbose_name=_("asked for by"))
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    consult_until = models.DateField(_("remarks until"), null=True, blank=True)
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

    class Meta(Matter.Meta):
        ordering = ["-period", "kind", "-number"]
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "period", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["kind", "period", "digest"], name="edition_digest_once"),
            together("frozen"),
            together("published"),
            models.CheckConstraint(
                condition=Q(state="in_force", published_at__isnull=False)
                | (~Q(state="in_force") & Q(published_at__isnull=True)),
                name="edition_published_is_a_state",
            ),
        ]
        permissions = [
            ("build_reports", "Can build reports"),
            ("publish_reports", "Can publish reports"),
            ("download_reports", "Can download all reports"),
            ("sign_reports", "Can approve annual reports"),
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
    def way(self) -> str:
        """Return the kind of matter: the two reports go two ways."""
        return f"{self.kind}_report"

    @property
    def is_annual(self) -> bool:
        return self.kind == self.Kind.ANNUAL

    def may_remark(self, user: User) -> Verdict:
        """Agree to remarks while the draft is open to them; the rules of its life say when."""
        from reports.editions.life.rules import may_speak

        return may_speak(user, self)

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
            is_replaced = getattr(self, "is_replaced", False)
            return Standing(pgettext_lazy("report", "replaced"), "neutral") if is_replaced else PUBLISHED
        if not self.is_finished:
            at_work = getattr(self, "is_being_written", False)
            return Standing(_("being written"), "neutral") if at_work else Standing(_("documents missing"), "warning")
        if self.provisional:
            return Standing(_("provisional"), "warning")
        return Standing(self.get_state_display(), STATES[self.state].tone)


PUBLISHED = Standing(Edition.State.IN_FORCE.label, "success")
