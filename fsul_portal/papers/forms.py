"""Ask what the acts of a paper ask for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.lives.forms import day_field, long_text
from fsul_portal.papers.models import Paper


class EditionForm(NoteForm):
    text = long_text(_("Text"), rows=20, longest=500_000)

    def __init__(self, thing: Paper, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"text": thing.edition.text if thing.edition else ""} | (initial or {}))


class ConsultForm(NoteForm):
    until = day_field(_("Opinions until"))


class DecisionForm(NoteForm):
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    day = day_field(_("Day of the decision"))


class IssueForm(NoteForm):
    in_force_on = day_field(_("In force from"), initial=timezone.localdate)


class NextReviewForm(ReasonForm):
    review_due_on = day_field(_("Next review on"))
