"""Ask for a day, as all forms do."""

from django import forms


def day_field(label, **options):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)
