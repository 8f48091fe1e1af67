"""Take a formula of the dictionary (6.2.1 j)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.indicators.formulas.actions import FIELDS
from members.indicators.formulas.models import Formula
from members.indicators.formulas.rules import is_retired, objection

if TYPE_CHECKING:
    FormOfFormula = forms.ModelForm[Formula]
else:
    FormOfFormula = forms.ModelForm


class FormulaForm(FormOfFormula):
    """Say at the formula why it cannot be reckoned; the code of one that is kept stays."""

    class Meta:
        model = Formula
        fields = FIELDS
        help_texts = {
            "code": _("K and two digits, such as K11."),
            "expression": _("Codes, whole numbers, + − × ÷ and brackets; POP is the population. Such as L01 / POP."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any] | None:
        found = super().clean()
        sentence = objection(Formula(pk=self.instance.pk, **self.cleaned_data)) if not self.errors else ""
        if sentence:
            self.add_error("code" if is_retired(self.cleaned_data["code"]) else "expression", sentence)
        return found
