"""Take a file and what is wished of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets import Choice
from fsul_portal.users import User

# An answer names its sheet or encoding, and shows the first lines.
CHOICE_SHOWN = 500


class UploadForm(forms.Form):
    """Ask for a file; a kind adds its own wishes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 20 MB. All rows go in, or none."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    partial = forms.BooleanField(label=_("Take the good rows in although others are refused"), required=False)
    clear_empty = forms.BooleanField(
        label=_("Empty cells take back what is stored"),
        help_text=_("Without it an empty cell keeps what is stored."),
        required=False,
    )
    field_order = ["file"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        # What is rarely wished stands at the end, below the wishes of the kind.
        self.order_fields([name for name in self.fields if name not in ("partial", "clear_empty")])

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024**2
            raise forms.ValidationError(_("The file is bigger than %(limit)s MB."), params={"limit": limit})
        return file

    @property
    def wishes(self) -> dict[str, Any]:
        """Return what the plan is told, as values that a row can keep."""
        return {"partial": self.cleaned_data["partial"], "clear_empty": self.cleaned_data["clear_empty"]}


def in_lines(text: str) -> str:
    """Let a page show several lines below one another; a file may hold anything, so each is escaped."""
    return format_html("<span>{}</span>", linebreaksbr(text)) if "\n" in text else text


class AnswerForm(forms.Form):
    """Ask how a file is to be read that can be read in more than one way."""

    answer = forms.ChoiceField(label=_("How is it to be read?"), widget=forms.RadioSelect)

    def __init__(self, choices: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, in_lines(str(one)[:CHOICE_SHOWN])) for one in choices]
