"""Ask for a day or a text, as all forms do."""

from typing import Any

from django import forms

from fsul_portal.grammar.words import Words

LONGEST = 20_000


def day_field(label: Words, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


def long_text(label: Words, rows: int = 5, longest: int = LONGEST, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)
