"""Ask for the tick of who locks a month."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LockForm(forms.Form):
    """Ask for the tick of who locks a period although libraries are missing."""

    missing = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.BooleanField(required=False)

    def __init__(self, missing, data=None):
        super().__init__(data, initial={"missing": missing})
        self.fields["seen"].label = _("I know that %(missing)s libraries are missing; they stay missing.") % {
            "missing": missing
        }
        self.fields["seen"].required = missing > 0
