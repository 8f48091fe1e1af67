"""Ask for a day or a text, as all forms do."""

from django import forms

LONGEST = 20_000


def day_field(label, **options):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


def long_text(label, rows=5, longest=LONGEST, **options):
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)
