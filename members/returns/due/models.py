"""Keep by which day returns are due, and from which month on (6.2.1 j)."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.pairs import together, who

# Before the first month that anybody reports for.
BEGINNING = "1900-01"
# Every month has these days.
FIRST, LAST = 1, 28


class DueRule(models.Model):
    """By which day the returns of a month and of those after it are due, until the next rule begins (6.2.1 j)."""

    class Counting(models.TextChoices):
        NEXT_WORKING = "next working", _("that day of the next month, or the working day after it")
        PLAIN = "plain", _("that day of the next month, holiday or not")
        WORKING_DAYS = "working days", _("so many working days after the month")

    since = models.CharField(
        _("from the month on"),
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"\A(19|20)[0-9]{2}-(0[1-9]|1[0-2])\Z")],
    )
    day = models.PositiveSmallIntegerField(_("day"), validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)])
    district_day = models.PositiveSmallIntegerField(
        _("day of the districts"), default=8, validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)]
    )
    lock_day = models.PositiveSmallIntegerField(
        _("day of the lock"), default=12, validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)]
    )
    counting = models.CharField(_("counted as"), max_length=20, choices=Counting.choices, default=Counting.NEXT_WORKING)
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    set_by = who(verbose_name=_("set by"))

    class Meta:
        ordering = ["-since"]
        verbose_name = _("rule of due days")
        verbose_name_plural = _("rules of due days")
        permissions = [("set_due_days", "Can set by when returns are due")]
        constraints = [
            models.CheckConstraint(condition=Q(day__range=(FIRST, LAST)), name="due_rule_day_of_every_month"),
            models.CheckConstraint(
                condition=Q(
                    district_day__gte=models.F("day"), lock_day__gte=models.F("district_day"), lock_day__lte=LAST
                ),
                name="due_rule_one_after_the_other",
            ),
            together("set"),
        ]

    def __str__(self) -> str:
        return self.since
