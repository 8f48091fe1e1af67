"""Take the code of a report, or the file of one."""

import re
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.letters.codes import as_printed
from reports.opendata.checking.matches import FINGERPRINT

CODE_LENGTH = 40


class CodeForm(forms.Form):
    """Take a code as it is read off a cover; older covers have a fingerprint of sixteen signs instead."""

    code = forms.CharField(label=gettext_lazy("Check code"), max_length=CODE_LENGTH)

    def clean_code(self) -> str:
        return as_typed(self.cleaned_data["code"])


class FileForm(forms.Form):
    """Take a file, to be compared and let go of."""

    file = forms.FileField(
        label=gettext_lazy("File of the report"),
        help_text=gettext_lazy("PDF, XLSX or JSON. It is compared and not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.xlsx,.json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise ValidationError(_("A file has at most %(size)s.") % {"size": filesizeformat(settings.UPLOAD_LIMIT)})
        return file


def as_typed(text: str) -> str:
    """Return a code or a fingerprint as it is printed, or what was typed if it can be neither."""
    signs = re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", text).lower())
    return signs if FINGERPRINT.fullmatch(signs) else as_printed(text)
