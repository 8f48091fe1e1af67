"""Ask what the acts of a case ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm
from fsul_portal.cases.models import Case
from fsul_portal.lives.forms import long_text


class GiveForm(NoteForm):
    fields: dict[str, Any]

    to: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("To whom"), queryset=None)

    def __init__(self, thing: Case, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"to": thing.assignee_id} | (initial or {}))
        self.fields["to"].queryset = thing.people_in("worker")


class SolveForm(NoteForm):
    solution = long_text(_("Solution"))
    cause = long_text(_("Cause"), required=False)


class FindingForm(NoteForm):
    finding = long_text(_("What is to be learnt of it"))
