"""Ask what the acts of a paper ask for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.acts.forms import ActForm, NoteForm, ReasonForm, VersionForm
from fsul_portal.lives.forms import day_field, long_text
from fsul_portal.papers.models import Opinion, Paper


class EditionForm(NoteForm):
    text = long_text(_("Text"), rows=20, longest=500_000)

    def __init__(self, thing: Paper, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"text": thing.edition.text if thing.edition else ""} | (initial or {}))


class ConsultForm(NoteForm):
    until = day_field(_("Opinions until"))


class SpeakForm(ActForm):
    """Carry the edition that was read, so that nobody speaks of words which are no longer there."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    clause = forms.CharField(
        label=_("Clause"), max_length=40, required=False, help_text=_("Left empty, it is about the whole text.")
    )
    text = long_text(pgettext_lazy("consultation", "Opinion"))

    def __init__(self, thing: Paper, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"edition": self._newest(thing)} | (initial or {}))

    def kept(self, thing: Any) -> QueryDict:
        typed = super().kept(thing)
        typed["edition"] = str(self._newest(thing))
        return typed

    @staticmethod
    def _newest(thing: Paper) -> int:
        return thing.edition.number if thing.edition else 1


class AnswerForm(VersionForm):
    """Choose one of the opinions that have no answer, and say what became of it."""

    fields: dict[str, Any]

    opinion = forms.TypedChoiceField(label=pgettext_lazy("consultation", "Opinion"), coerce=int)
    outcome = forms.ChoiceField(label=_("What became of it"), choices=Opinion.Outcome.choices)
    reason = long_text(
        _("Reason"), rows=3, required=False, help_text=_("Needed where it was not accepted as it stands.")
    )

    def __init__(self, thing: Paper, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        self.fields["opinion"].choices = [(one.pk, said_by(one)) for one in thing.unanswered()]


def said_by(opinion: Opinion) -> str:
    """Return an opinion in one line: who, about what, and how it begins."""
    told = " · ".join(filter(None, [opinion.unit or str(opinion.given_by or "—"), opinion.clause]))
    return f"{told} · {Truncator(opinion.text).chars(60)}"


class DecisionForm(NoteForm):
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    day = day_field(_("Day of the decision"))


class IssueForm(NoteForm):
    in_force_on = day_field(_("In force from"), initial=timezone.localdate)


class NextReviewForm(ReasonForm):
    review_due_on = day_field(_("Next review on"))
