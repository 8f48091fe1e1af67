"""Take the words of an indicator, and of whom it is asked."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from members.indicators.models import Indicator
from members.libraries.models import Spell

if TYPE_CHECKING:
    FormOfIndicator = forms.ModelForm[Indicator]
else:
    FormOfIndicator = forms.ModelForm


class IndicatorForm(FormOfIndicator):
    """Let the levels that are asked be ticked."""

    asked_of = forms.MultipleChoiceField(
        label=_("asked of"),
        choices=Spell.Level.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=Indicator._meta.get_field("asked_of").help_text,
    )

    class Meta:
        model = Indicator
        fields = "__all__"
