"""Ask which report is wanted."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reports.editions.actions import PeriodRefused, check_period
from reports.editions.models import Edition


class BuildForm(forms.Form):
    kind = forms.ChoiceField(label=_("Report"), choices=Edition.Kind.choices, initial=Edition.Kind.ANNUAL)
    period = forms.CharField(
        label=_("Period"), max_length=7, help_text=_("A year such as 2025, or a month such as 2025-03.")
    )

    def clean(self):
        cleaned = super().clean() or {}
        if {"kind", "period"} <= cleaned.keys():
            try:
                check_period(cleaned["kind"], cleaned["period"])
            except PeriodRefused as problem:
                raise ValidationError({"period": str(problem)}) from problem
        return cleaned
