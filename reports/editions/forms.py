"""Ask which report is wanted."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fsul_portal.templatetags.figures import period as period_in_words
from members.periods.models import Period, month_before, month_due, months_of
from reports.editions.actions import PeriodRefused, check_period
from reports.editions.models import Edition


class BuildForm(forms.Form):
    kind = forms.ChoiceField(label=_("Report"), choices=Edition.Kind.choices, initial=Edition.Kind.ANNUAL)
    # Of what length it may be, the choices say.
    period = forms.CharField(label=_("Period"), widget=forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["period"].widget.choices = _periods()

    def clean(self):
        cleaned = super().clean() or {}
        if {"kind", "period"} <= cleaned.keys():
            try:
                check_period(cleaned["kind"], cleaned["period"])
            except PeriodRefused as problem:
                raise ValidationError({"period": str(problem)}) from problem
        return cleaned


def _periods() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods of which a report can be built, the last first: the years, then the months of each."""
    months = _months_over(Period.objects.values_list("code", flat=True))
    years = list(dict.fromkeys(month[:4] for month in months))
    found = [(str(_("Years")), [(year, period_in_words(year)) for year in years])]
    for year in years:
        of_year = [(month, period_in_words(month)) for month in months if month.startswith(year)]
        found.append((period_in_words(year), of_year))
    return found


def _months_over(stored: Iterable[str]) -> list[str]:
    """Return every month that is over since the first of which anything is stored, the last first."""
    last = month_due()
    first = min((months_of(code)[0] for code in stored), default=last)
    months = [last]
    while months[-1] > first:
        months.append(month_before(months[-1]))
    return months
