"""Ask how numbers shall be written."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PatternForm(forms.Form):
    """Choose the pattern of a series."""

    pattern = forms.CharField(
        label=_("Pattern"),
        max_length=60,
        help_text=_(
            "{year} stands for the year and {number} for the number, {number:04} for four digits; "
            "such as 佛联图备〔{year}〕{number}号."
        ),
    )
