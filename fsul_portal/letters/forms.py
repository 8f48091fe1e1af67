"""Read the scan of a sealed paper, the reason of a withdrawal, and a code that somebody types in."""

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy

from fsul_portal.letters.actions import CODE_GROUP, CODE_GROUPS, SIGNS

PRINTED = re.compile("-".join([f"[{SIGNS}]{{{CODE_GROUP}}}"] * CODE_GROUPS))


class ScanForm(forms.Form):
    """Take the scan of a sealed paper."""

    scan = forms.FileField(
        label=gettext_lazy("Scan of the sealed paper"),
        help_text=gettext_lazy("PDF, JPEG or PNG."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class CheckForm(forms.Form):
    """Take a code as it is read off a paper, with or without its strokes."""

    code = forms.CharField(label=gettext_lazy("Check code"), max_length=40)

    def clean_code(self) -> str:
        return as_printed(self.cleaned_data["code"])


def as_printed(text: str) -> str:
    """Return a typed code as it is printed, or what was typed if it can be none."""
    # People type strokes, blanks and small letters, or none of them, and wide signs where they write Chinese.
    signs = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    if len(signs) != CODE_GROUPS * CODE_GROUP or set(signs) - set(SIGNS):
        return text.strip()
    return "-".join(signs[at : at + CODE_GROUP] for at in range(0, len(signs), CODE_GROUP))
