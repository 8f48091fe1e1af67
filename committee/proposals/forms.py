"""Ask for proposals, and into which meeting one goes (6.2.1 b)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from committee.agendas.forms import clause_field
from committee.bodies.kinds import COMMITTEE
from committee.bodies.models import Body
from committee.meetings.models import Meeting
from committee.proposals.models import Proposal
from fsul_portal.acts.forms import NoteForm, TokenForm
from fsul_portal.lives.forms import long_text


class ProposalForm(TokenForm):
    """Propose something for an agenda."""

    fields: dict[str, Any]

    body: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=gettext_lazy("For the meetings of"), required=False, empty_label=gettext_lazy("the committee")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    reason = long_text(gettext_lazy("Why, and what should be decided"), longest=5000)
    clause = clause_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].queryset = Body.objects.standing().exclude(kind=COMMITTEE)


class TakeForm(NoteForm):
    """Say into which meeting a proposal goes."""

    fields: dict[str, Any]

    field_order = ("meeting", "note")
    meeting: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Meeting"), empty_label=None
    )

    def __init__(self, thing: Proposal, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        open_ones = Meeting.objects.filter(
            body=thing.body, state__in=[Meeting.State.CALLED, Meeting.State.HELD], circulated_at=None
        )
        self.fields["meeting"].queryset = open_ones.order_by("starts_at")
