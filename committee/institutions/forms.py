"""Ask for an institution (6.1 a)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.institutions.models import Institution
from fsul_portal.acts.forms import TokenForm
from fsul_portal.lives.forms import long_text

if TYPE_CHECKING:
    WhichInstitution = forms.ModelChoiceField[Institution]
else:
    WhichInstitution = forms.ModelChoiceField


class InstitutionForm(TokenForm):
    """What is to be written, on what basis, under whose lead, and what it is to replace."""

    fields: dict[str, Any]

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Institution.Kind.choices)
    in_charge = forms.CharField(label=_("Drafted under the lead of"), max_length=100, required=False)
    basis = long_text(_("Basis"), rows=3, required=False)
    replaces: WhichInstitution = forms.ModelChoiceField(
        None,
        label=_("Replaces"),
        required=False,
        empty_label=_("nothing"),
        help_text=_("It ends on the day from which the new one is in force."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["replaces"].queryset = Institution.objects.replaceable()
