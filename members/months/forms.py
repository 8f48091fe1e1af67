"""Ask for the tick of who locks a month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import ActForm
from members.returns.due.completeness import completeness


class LockForm(ActForm):
    """Ask for the tick of who locks a period although libraries are missing."""

    missing = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.BooleanField(required=False)

    def __init__(self, period, data=None):
        missing = completeness(period).missing
        super().__init__(period, data, initial={"missing": missing})
        self.fields["seen"].label = _("I know that %(missing)s libraries are missing; they stay missing.") % {
            "missing": missing
        }
        self.fields["seen"].required = missing > 0
        if not missing:
            del self.fields["seen"]

    def answers(self):
        return {"acknowledged": self.cleaned_data["missing"]}

    def kept(self, thing):
        """Ask for the tick again: it spoke of another number."""
        typed = super().kept(thing)
        typed.pop("seen", None)
        typed["missing"] = str(completeness(thing).missing)
        return typed
