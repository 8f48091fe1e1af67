"""Ask what an act asks for: the version that was looked at, a note, a reason; and the token of what is made anew."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fsul_portal.verdicts import Finding

NOTE_LENGTH = 2000
TOKEN_LENGTH = 40


class ActForm(forms.Form):
    """Carry an act on a thing. keeps_at: the address at which its text is saved while it is typed, where it is."""

    keeps_at = ""

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.thing = thing

    def answers(self) -> dict[str, Any]:
        """Return the answers as the action takes them."""
        return dict(self.cleaned_data)

    def kept(self, thing: Any) -> QueryDict:
        """Return what was typed, for a page that is drawn again and speaks of the thing as it is now."""
        typed: Any = self.data
        copy: QueryDict = typed.copy()
        return copy

    def show(self, findings: Iterable[Finding]) -> None:
        """Show each finding of the action at its field."""
        for finding in findings:
            self.add_error(finding.field if finding.field in self.fields else None, finding.sentence)


class VersionForm(ActForm):
    """Carry the version that was looked at, so that nobody overwrites or signs what he has not seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"version": thing.version} | (initial or {}))

    def kept(self, thing: Any) -> QueryDict:
        typed = super().kept(thing)
        typed["version"] = str(thing.version)
        return typed


class NoteForm(VersionForm):
    """Carry a word about it, which may be left out."""

    note = forms.CharField(
        label=_("Opinion"), required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(NoteForm):
    """Do what nobody does without a word, such as giving back."""

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        self.fields["note"].required = True


class TokenForm(forms.Form):
    """Make something: the same form sent twice makes one, since the row keeps the token beside its person."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=TOKEN_LENGTH)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **options: Any) -> None:
        options["initial"] = {"token": uuid.uuid4().hex} | (initial or {})
        super().__init__(*args, **options)
