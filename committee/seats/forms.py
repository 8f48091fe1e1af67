"""Ask for terms, nominations and the days of seats (5.1)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committee.seats.models import Seat, Term
from fsul_portal.acts.forms import NoteForm, TokenForm
from fsul_portal.lives.forms import day_field
from members.bodies.forms import KNOWN
from members.people.fields import PersonField

if TYPE_CHECKING:
    WhichTerm = forms.ModelChoiceField[Term]
else:
    WhichTerm = forms.ModelChoiceField


class TermForm(TokenForm):
    number = forms.IntegerField(label=_("Number of the term"), min_value=1, max_value=99)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))


class TermDaysForm(NoteForm):
    field_order = ("first_day", "last_day", "note")

    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))

    def __init__(self, thing: Term, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        days = {"first_day": thing.first_day, "last_day": thing.last_day}
        super().__init__(thing, data, initial=days | (initial or {}))


class LetterForm(NoteForm):
    field_order = ("letter_number", "letter_day", "note")

    letter_number = forms.CharField(label=_("Number of the society's letter"), max_length=60)
    letter_day = day_field(_("Day of the letter"))


class BeginTermForm(NoteForm):
    field_order = ("since", "known_on", "note")

    since = day_field(_("The term begins on"), initial=timezone.localdate)
    known_on = day_field(_("Change known on"), initial=timezone.localdate, help_text=KNOWN)


class NominationForm(TokenForm):
    fields: dict[str, Any]

    term: WhichTerm = forms.ModelChoiceField(None, label=_("Term"), empty_label=None)
    person = PersonField(label=_("Person"))
    post = forms.ChoiceField(label=_("Post"), choices=Seat.Post.choices, initial=Seat.Post.MEMBER)
    capacity = forms.ChoiceField(
        label=_("Sits as"),
        choices=Seat.Capacity.choices,
        help_text=_("The committee is made up of leaders in charge of the system and heads of departments."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["term"].queryset = Term.objects.exclude(state=Term.State.OVER).order_by("state", "number")
