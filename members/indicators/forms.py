"""Take the words of an indicator, and of whom it is asked."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import ActForm
from fsul_portal.templatetags.figures import period as in_words
from members.indicators.actions import CHANGEABLE
from members.indicators.models import Indicator
from members.libraries.models import Spell
from members.periods.models import month_before, month_due, this_month

if TYPE_CHECKING:
    FormOfIndicator = forms.ModelForm[Indicator]
else:
    FormOfIndicator = forms.ModelForm

MONTHS_AHEAD = 24
# Of whom a figure is asked at first, where not everybody can know it.
LEVELS = {
    Indicator.ReportedBy.DISTRICT: [Spell.Level.CENTRAL.value, Spell.Level.DISTRICT.value],
    Indicator.ReportedBy.CENTRAL: [Spell.Level.CENTRAL.value],
}


def levels_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("asked of"),
        choices=Spell.Level.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=Indicator._meta.get_field("asked_of").help_text,
    )


class IndicatorForm(FormOfIndicator):
    """Let the levels that are asked be ticked."""

    asked_of = levels_field()
    since = forms.ChoiceField(
        label=_("From the month on"),
        required=False,
        help_text=_("Months before it, and those that are locked, keep what the dictionary said of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_months(self, "since", this_month())

    class Meta:
        model = Indicator
        fields = CHANGEABLE


class AskForm(ActForm):
    """Choose from which month on an indicator is asked, and of which levels."""

    since = forms.ChoiceField(label=_("From the month on"))
    levels = levels_field()

    def __init__(self, thing: Indicator, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        levels = thing.asked_of or LEVELS.get(Indicator.ReportedBy(thing.reported_by), [])
        super().__init__(thing, data, initial={"levels": levels} | (initial or {}))
        offer_months(self, "since", this_month())


class CeaseForm(ActForm):
    """Choose the last month for which an indicator is asked."""

    after = forms.ChoiceField(label=_("Last month"))

    def __init__(self, thing: Indicator, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        offer_months(self, "after", month_due())


def offer_months(form: forms.BaseForm, name: str, first: str) -> None:
    """Let a field of a form choose among the months from one on."""
    field = form.fields[name]
    codes = [month_before(first, -number) for number in range(MONTHS_AHEAD)]
    field.choices = [(code, in_words(code)) for code in codes]  # type: ignore[attr-defined]
