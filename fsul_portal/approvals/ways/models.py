"""Keep the ways that matters take; the office edits them, and what is under way keeps the edition it began with."""

from collections.abc import Sequence
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.kinds import KINDS, MatterKind
from fsul_portal.approvals.stages import Stage
from fsul_portal.grammar.pairs import together, who
from fsul_portal.grammar.words import in_own_language

LONGEST, MOST = 60, 9
WORDS = tuple(f"{word}_{end}" for word in ("title", "verb", "seat") for end in ("zh", "en"))


class Asked(models.Model):
    """What is asked of whom: the facts that a stage of a way and its copy, a turn, have in common."""

    key = models.SlugField(_("stage"), max_length=40)
    step = models.PositiveSmallIntegerField(_("step"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    title_zh = models.CharField(_("title (Chinese)"), max_length=60)
    title_en = models.CharField(_("title (English)"), max_length=60, blank=True)
    verb_zh = models.CharField(_("word on the button (Chinese)"), max_length=20)
    verb_en = models.CharField(_("word on the button (English)"), max_length=20, blank=True)
    seat_zh = models.CharField(_("who answers (Chinese)"), max_length=60)
    seat_en = models.CharField(_("who answers (English)"), max_length=60, blank=True)
    permission = models.CharField(_("permission"), max_length=80)
    place = models.CharField(_("seat"), max_length=40)
    days = models.PositiveSmallIntegerField(
        _("working days"), default=5, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    by_decision = models.BooleanField(_("waits for a decision"), default=False)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return self._in_words("title")

    @property
    def verb(self) -> str:
        return self._in_words("verb")

    @property
    def seat(self) -> str:
        return self._in_words("seat")

    def _in_words(self, name: str) -> str:
        return in_own_language(getattr(self, f"{name}_zh"), getattr(self, f"{name}_en"))


class WayQuerySet(models.QuerySet["Way"]):
    def in_use(self) -> Self:
        return self.filter(replaced_at__isnull=True)


class Way(models.Model):
    """One edition of the way that a kind of matter takes; it is replaced, never changed."""

    kind = models.CharField(_("kind of matter"), max_length=40)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = who(verbose_name=_("made by"))
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    replaced_by = who(verbose_name=_("replaced by"))

    objects = WayQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-edition"]
        verbose_name = _("way of a matter")
        verbose_name_plural = _("ways of matters")
        permissions = [("edit_ways", "Can edit the ways that matters take")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "edition"], name="way_edition_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(replaced_at__isnull=True), name="way_one_in_use_for_a_kind"
            ),
            together("made"),
            together("replaced"),
        ]

    def __str__(self) -> str:
        return f"{self.what.title if self.what else self.kind} · {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("way-edit", args=[self.kind])

    @property
    def what(self) -> MatterKind | None:
        return KINDS.get(self.kind)


class WayStage(Asked):
    """One stage of a way: who is asked at which step, for how long, and when at all."""

    way = models.ForeignKey(Way, models.PROTECT, related_name="stages", verbose_name=_("way of a matter"))
    needed = models.PositiveSmallIntegerField(
        _("how many must agree"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    condition = models.CharField(_("condition"), max_length=40, blank=True)

    class Meta:
        ordering = ["step", "pk"]
        verbose_name = _("stage of a way")
        verbose_name_plural = _("stages of ways")
        constraints = [models.UniqueConstraint(fields=["way", "key"], name="way_stage_once")]

    def __str__(self) -> str:
        return f"{self.step}. {self.title}"


def stages_now(kind: MatterKind) -> Sequence[WayStage | Stage]:
    """Return the stages of the way in use, or those of the code where no edition has been made yet."""
    way = Way.objects.in_use().filter(kind=kind.key).prefetch_related("stages").first()
    return list(way.stages.all()) if way else kind.default
