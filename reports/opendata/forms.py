"""Ask for whom and until when a token is issued, and why one is revoked."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NOTE_LENGTH, ActForm, TokenForm
from reports.opendata.models import Token

USUAL, LONGEST = timedelta(days=365), timedelta(days=3 * 366)


class IssueForm(TokenForm):
    """Hold who reads, what for, and until when."""

    holder = forms.CharField(
        label=_("Reader"),
        max_length=Token._meta.get_field("holder").max_length,
        help_text=_("The person or the house that will read the data."),
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=Token._meta.get_field("purpose").max_length)
    expires_on = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("At most three years ahead."),
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **options: Any) -> None:
        usual = {"expires_on": timezone.localdate() + USUAL}
        super().__init__(*args, initial=usual | (initial or {}), **options)

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("Give a day from today on, at most three years ahead."))
        return day


class RevokeForm(ActForm):
    note = forms.CharField(
        label=_("Reason"), required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
