"""Ask for a remark or an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TextForm(forms.Form):
    """Take a few sentences."""

    text = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class RemarkForm(TextForm):
    """Take a remark on a record; the field comes with the page."""

    field = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
