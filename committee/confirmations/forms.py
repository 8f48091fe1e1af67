"""Ask for an answer to minutes, and for what has to be corrected (6.2.1 b)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import VersionForm
from fsul_portal.lives.forms import long_text
from fsul_portal.lives.models import new_token

AGREES, OBJECTS = "agrees", "objects"


class ConfirmForm(VersionForm):
    """Agree, or object with a text."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[(AGREES, gettext_lazy("I agree with the minutes")), (OBJECTS, gettext_lazy("I object"))],
        widget=forms.RadioSelect,
    )
    objection = long_text(gettext_lazy("What is wrong, and how it should read"), required=False, longest=5000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == OBJECTS and not cleaned.get("objection", "").strip():
            self.add_error("objection", _("Say what is wrong; an objection without a text helps nobody."))
        if cleaned.get("answer") == AGREES and cleaned.get("objection", "").strip():
            self.add_error("answer", _("You wrote an objection: choose “I object”, or clear the text."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "agrees": cleaned["answer"] == AGREES,
            "objection": cleaned["objection"],
            "version": cleaned["version"],
        }


class AddendumForm(VersionForm):
    """Say what was wrong in minutes that are final."""

    text = long_text(gettext_lazy("What is corrected"), longest=20_000)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"token": new_token()} | (initial or {}))
