"""Ask for a word that goes along (6.2.1 j)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.chasing.models import NOTE_LENGTH


class ChaseForm(forms.Form):
    """Carry a word to those who are chased."""

    note = forms.CharField(
        label=_("A word that goes along"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
