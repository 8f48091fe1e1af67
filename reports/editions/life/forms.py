"""Ask until when a draft is open to remarks, and on which decision an approval rests (6.1 d)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committee.decisions.grounds.forms import GroundForm
from fsul_portal.acts.forms import NoteForm
from reports.editions.life.rules import waits_for_signature


class ConsultForm(NoteForm):
    """Ask for the last day of remarks, and for a word to those who make them."""

    until = forms.DateField(
        label=_("Remarks until"),
        help_text=_("On the day after it the draft can go to review."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("version", "until", "note")

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"until": thing.consult_until} | (initial or {}))

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError(_("This day is over already."))
        return until


class DecideForm(GroundForm):
    """Name the decision for which the stage waits."""

    clause = "6.1 d"


class ApproveForm(DecideForm):
    """Approve; at the chair's stage of an annual report the decision about it stands beside, where there is one."""

    def __init__(self, thing: Any, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        if not waits_for_signature(thing):
            for name in ("decision", "number", "day"):
                del self.fields[name]
