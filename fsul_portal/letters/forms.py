"""Read the scan of a sealed paper, the reason of a withdrawal, and a code that somebody types in."""

from django import forms
from django.utils.translation import gettext_lazy

from fsul_portal.letters.codes import as_printed


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
