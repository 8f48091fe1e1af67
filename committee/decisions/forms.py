"""Ask for decisions, votes and tasks (6.2.1 b)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.agendas.forms import clauses
from committee.agendas.models import Item
from committee.decisions.models import Ballot, Decision
from committee.meetings.rolls.quorum import places_of, was_there
from fsul_portal.acts.forms import ReasonForm, TokenForm, VersionForm
from fsul_portal.assignments.models import Assignment
from fsul_portal.lives.forms import day_field, long_text
from fsul_portal.lives.models import new_token
from members.divisions.models import Division
from members.people.fields import PersonField

if TYPE_CHECKING:
    WhichDistrict = forms.ModelChoiceField[Division]
else:
    WhichDistrict = forms.ModelChoiceField

LONGEST_DECISION = 5000
LONGEST_DAYS = 366


class DecisionWords(forms.Form):
    """What is decided."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = long_text(gettext_lazy("What is decided"), longest=LONGEST_DECISION)
    clause = forms.ChoiceField(label=gettext_lazy("Clause"), choices=clauses, required=False)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False)


class NoteDecisionForm(DecisionWords, VersionForm):
    """Note a decision at an item; whoever votes by name is counted by name."""

    fields: dict[str, Any]

    method = forms.ChoiceField(
        label=gettext_lazy("How it was taken"),
        choices=[(way, way.label) for way in (Decision.Method.CONSENT, Decision.Method.VOTE)],
    )
    votes_for = _count(gettext_lazy("For"))
    votes_against = _count(gettext_lazy("Against"))
    abstained = _count(gettext_lazy("Abstained"))
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, thing: Item, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"token": new_token(), "title": thing.title} | (initial or {}))
        places = places_of(thing.meeting)
        self.voting = [entry for entry in thing.meeting.roll.all() if entry.votes and was_there(entry, thing, places)]
        for entry in self.voting:
            self.fields[f"vote_{entry.pk}"] = forms.ChoiceField(
                label=_("Vote of %(name)s") % {"name": entry.name},
                choices=[("", "—"), *Ballot.Choice.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_vote = cleaned.get("method") == Decision.Method.VOTE
        counts = [cleaned.get(name) for name in ("votes_for", "votes_against", "abstained")]
        names = self._names(cleaned)
        if not is_vote and (names or any(counts)):
            self.add_error("method", _("There are votes, so it was taken by vote; or clear the votes."))
        if is_vote and not names and None in counts:
            self.add_error("votes_for", _("Say how many voted for, against, and abstained; 0 is a number."))
        if names and any(count is not None for count in counts):
            self.add_error("votes_for", _("Votes by name are counted by themselves; leave the numbers empty."))
        return cleaned

    def _names(self, cleaned: dict[str, Any]) -> dict[int, str]:
        named = {entry.pk: cleaned.get(f"vote_{entry.pk}") for entry in self.voting}
        return {key: vote for key, vote in named.items() if vote}

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given = {name: cleaned[name] for name in ("title", "text", "clause", "method", "token", "version")}
        counts = {"for": cleaned["votes_for"], "against": cleaned["votes_against"], "abstained": cleaned["abstained"]}
        return given | {"counts": counts, "names": self._names(cleaned)}


class WrittenForm(DecisionWords, TokenForm):
    """Put a decision to the vote in writing."""

    closes_on = day_field(gettext_lazy("Votes until"))


class VoteForm(VersionForm):
    """Vote in writing."""

    choice = forms.ChoiceField(label=gettext_lazy("Your vote"), choices=Ballot.Choice.choices, widget=forms.RadioSelect)


class TaskForm(VersionForm):
    """Say who does what of a decision: a person, or a district library."""

    fields: dict[str, Any]

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    to = PersonField(label=gettext_lazy("Responsible"), required=False)
    district: WhichDistrict = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Or the district library of"),
        required=False,
        help_text=gettext_lazy("Whoever signs for it does the task; they are all told."),
    )
    helpers = forms.CharField(label=gettext_lazy("Helped by"), max_length=200, required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Due in working days"), min_value=1, max_value=LONGEST_DAYS, initial=20
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("Evidence"), choices=Assignment.Evidence.choices, initial=Assignment.Evidence.NOTE
    )

    def __init__(self, thing: Decision, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"title": thing.title} | (initial or {}))
        self.fields["district"].queryset = Division.objects.filter(level=Division.Level.DISTRICT)


class EffectForm(VersionForm):
    """Say what came of a decision."""

    effect = long_text(gettext_lazy("What came of it"))

    def __init__(self, thing: Decision, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"effect": thing.effect} | (initial or {}))


class EndForm(ReasonForm):
    """Say which later decision ends this one."""

    fields: dict[str, Any]

    field_order = ("by_decision", "note")
    by_decision = forms.CharField(
        label=gettext_lazy("Number of the decision that replaces it"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Left empty, it is repealed."),
    )

    def clean_by_decision(self) -> Decision | None:
        number = self.cleaned_data["by_decision"].strip()
        if not number:
            return None
        found: Decision | None = (
            Decision.objects.in_force().filter(number__iexact=number).exclude(pk=self.thing.pk).first()
        )
        if found is None:
            raise ValidationError(_("There is no other decision in force with this number."))
        return found
