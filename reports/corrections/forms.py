"""Ask for the right figures and the reason; or for the cells that the office reopens (6.2.1 j)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NOTE_LENGTH, TokenForm
from fsul_portal.calendar import add_working_days
from fsul_portal.templatetags.figures import period as period_in_words
from members.indicators.models import Indicator
from members.libraries.models import Library
from members.periods.models import Period
from members.returns.checks.asked import asked_of
from members.returns.forms import FigureField
from members.returns.models import Return
from reports.corrections.models import Correction
from reports.corrections.totals import stored_figures

DAYS_TO_ANSWER = 5


class ChooseForm(forms.Form):
    """Choose the library and the locked period."""

    library = forms.CharField(label=_("Code of the library"), max_length=20)
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        locked = Period.objects.filter(locked_at__isnull=False).order_by("-code").values_list("code", flat=True)
        self.fields["period"].choices = [(code, period_in_words(code)) for code in locked]  # type: ignore[attr-defined]

    def clean_library(self) -> Library:
        library = Library.objects.filter(code__iexact=self.cleaned_data["library"].strip()).first()
        if library is None:
            raise ValidationError(_("There is no library with this code."))
        return library

    def clean_period(self) -> Period:
        return Period.objects.get(code=self.cleaned_data["period"])


class _OfCells(TokenForm):
    """Speak of the figures of one library in one period: what stands there is what is asked for, or said anyway."""

    reason = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, library: Library, period: Period, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stored = stored_figures(library, period)
        one = Return(library=library, period=period, figures=self.stored)
        self.indicators: list[Indicator] = asked_of(one)


class CorrectionForm(_OfCells):
    """Hold each figure as it is to be; what is left as it stands is not part of the slip."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, library: Library, period: Period, *args: Any, slip: Correction | None = None, **options: Any):
        super().__init__(library, period, *args, **options)
        if slip and slip.opened:
            self.indicators = [one for one in self.indicators if one.code in slip.opened]
        wanted = {**self.stored, **(slip.new if slip else {})}
        for one in self.indicators:
            self.fields[one.code] = FigureField(label=one.title, initial=wanted.get(one.code))
        if slip:
            self.initial = {**self.initial, "reason": slip.reason, "version": slip.version}

    @property
    def new(self) -> dict[str, Any]:
        return {one.code: self.cleaned_data.get(one.code) for one in self.indicators}

    def rows(self) -> list[tuple[Indicator, Any, forms.BoundField]]:
        """Return each indicator with the figure that stands and the field of the one that is to stand."""
        return [(one, self.stored.get(one.code), self[one.code]) for one in self.indicators]


class ReopenForm(_OfCells):
    """Ask which cells are opened, why, and until when."""

    codes = forms.MultipleChoiceField(label=_("Figures to be looked at"), widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(label=_("Answer by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    field_order = ("codes", "due_on", "reason")

    def __init__(self, library: Library, period: Period, *args: Any, **options: Any) -> None:
        super().__init__(library, period, *args, **options)
        choices = [(one.code, f"{one.code} {one.title}") for one in self.indicators]
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]
        self.initial["due_on"] = add_working_days(timezone.localdate(), DAYS_TO_ANSWER).day

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise ValidationError(_("Give a day that has not passed."))
        return due_on
