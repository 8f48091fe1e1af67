"""Ask for a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from fsul_portal.files.contents import ENDINGS
from fsul_portal.files.models import Attachment


class AttachForm(forms.Form):
    """Take one file, as a new one or in the place of an earlier version."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}))
    replaces = forms.ModelChoiceField(
        Attachment.objects.none(), label=_("New version of"), required=False, empty_label=_("(a new file)")
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        thing: Model,
        known: Iterable[Attachment] | None = None,
    ) -> None:
        """Offer the standing files of the thing; known: the same, where they were read already."""
        super().__init__(data, files, auto_id="attach_%s")
        field = self.fields["replaces"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Attachment.objects.of(thing).standing()
        if known is not None:
            field.choices = [("", field.empty_label), *((one.pk, str(one)) for one in known)]


class WithdrawForm(forms.Form):
    """Ask why a file is withdrawn."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
