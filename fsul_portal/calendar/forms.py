"""Ask for the file of a year."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fsul_portal.calendar.imports import DaysRefused, read_days
from fsul_portal.sheets import SheetRefused


class DaysForm(forms.Form):
    """Take in a file of days; `days` holds what it said."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with the columns day, kind (holiday or working) and name: all days of a year."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024**2
            raise forms.ValidationError(_("The file is bigger than %(limit)s MB."), params={"limit": limit})
        try:
            self.days = read_days(file, name=file.name)
        except DaysRefused as refusal:
            raise forms.ValidationError(refusal.sentences[:50]) from refusal
        except SheetRefused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return file
