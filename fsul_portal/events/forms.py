"""Ask what the acts of an event ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, VersionForm
from fsul_portal.events.models import Event
from fsul_portal.lives.forms import long_text


class RollForm(VersionForm):
    """Ask of each line whether the person was there; nothing is chosen beforehand."""

    def __init__(self, thing: Event, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        lines = list(thing.signed_up())
        said = {f"line_{line.pk}": line.presence for line in lines}
        super().__init__(thing, data, initial=said | (initial or {}))
        for line in lines:
            choices = [("", _("not said")), *line.Presence.choices]
            label = f"{line.name} · {line.unit}" if line.unit else line.name
            self.fields[f"line_{line.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def answers(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name.startswith("line_")}
        presences = {int(name.removeprefix("line_")): value for name, value in said.items()}
        return {"presences": presences, "version": self.cleaned_data["version"]}


class EvaluationForm(NoteForm):
    evaluation = long_text(_("Evaluation"))
