"""Keep what returns are checked for, from which month on, with its limits (6.2.1 j)."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who
from members.indicators.versions.models import BEGINNING

CODES_NAMED = 6


class CheckRowQuerySet(models.QuerySet["CheckRow"]):
    def in_force(self, month: str) -> list["CheckRow"]:
        """Return the newest row of each name that has begun by a month; one that is off is among them."""
        newest = {one.slot: one for one in self.filter(since__lte=month).order_by("since")}
        return sorted(newest.values(), key=lambda one: one.pk)

    def of(self, slot: str) -> Self:
        return self.filter(slot=slot)


class CheckRow(models.Model):
    """A check from a month on, until the next row of its name begins; months before keep theirs (6.2.1 j).

    codes: the indicators it looks at, in the order that its kind says. limit, base: its thresholds. most: the largest
    first figures by level or kind of library. share: the least that a figure is thought to vary from month to month.
    months: so many figures before make a check of what is usual; with them the simple one of swings is silent. blocks:
    what it finds keeps the return back; else it asks for a word.
    """

    class Kind(models.TextChoices):
        PART = "part of a whole", _("a part is not more than its whole")
        PARTS = "sum of parts", _("parts add up to their whole")
        BALANCE = "balance", _("a stock is that of before, plus and less what changed it")
        DAYS = "days of the period", _("days open are not more than those of the period")
        HOURS = "hours of the days", _("hours open are not more than 24 a day")
        EVENTS = "both or none", _("two figures are both zero, or none of them")
        SWING = "swing", _("a figure is far from last month's or last year's")
        UNLIKE = "unlike before", _("a figure is far from what the library usually has")
        FIRST = "first figures", _("a first figure is larger than such a library has")
        IDLE = "zero though open", _("zero in a house that was open all the time")
        BUSY = "figure though closed", _("a figure in a house that was closed all the time")
        RATIO = "ratio", _("a figure is more than so many times another one")
        STOCK = "change of stock", _("a stock has changed by more than a share")
        FEW_DAYS = "few days", _("open on few days without a suspension on record")
        SAME = "same as before", _("all figures are those of the month before")
        ROUND = "round figures", _("many figures end in 000")

    slot = models.SlugField(_("name of the check"), max_length=40)
    kind = models.CharField(_("what it looks for"), max_length=30, choices=Kind.choices)
    since = models.CharField(_("from the month on"), max_length=7, default=BEGINNING)
    codes = models.JSONField(_("indicators"), default=list, blank=True)
    limit = models.FloatField(_("limit"), null=True, blank=True)
    base = models.PositiveIntegerField(_("from which figure on"), null=True, blank=True)
    share = models.FloatField(_("least variation, as a share"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months of history"), null=True, blank=True)
    most = models.JSONField(_("largest first figures"), default=dict, blank=True)
    blocks = models.BooleanField(_("keeps the return back"), default=False)
    is_on = models.BooleanField(_("switched on"), default=True)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    set_by = who(verbose_name=_("set by"))

    objects = CheckRowQuerySet.as_manager()

    class Meta:
        ordering = ["slot", "-since"]
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.UniqueConstraint(fields=["slot", "since"], name="check_row_once_a_month"),
            together("set"),
        ]

    def __str__(self) -> str:
        named = ", ".join(self.codes[:CODES_NAMED]) + (" …" if len(self.codes) > CODES_NAMED else "")
        return f"{self.get_kind_display()}{' · ' if self.codes else ''}{named}"

    def get_absolute_url(self) -> str:
        return reverse("returns:check-edit", args=[self.slot])

    @property
    def code(self) -> str:
        """Return under which name the dictionary keeps it."""
        return f"{self.slot} {self.since}"
