"""Ask for groups, their people and their clauses (5.2)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm, TokenForm
from fsul_portal.grammar.words import Words, beside
from fsul_portal.lives.forms import day_field
from fsul_portal.standard import DUTIES
from members.people.fields import PersonField
from workgroups.groups.models import Charge, Group, Membership

if TYPE_CHECKING:
    WhichGroup = forms.ModelChoiceField[Group]
else:
    WhichGroup = forms.ModelChoiceField


def clause_choices(clauses: Iterable[str] | None = None) -> list[tuple[str, Words]]:
    """Return the duties of the standard to choose from, or those of these clauses."""
    asked = None if clauses is None else set(clauses)
    duties = [duty for duty in DUTIES if asked is None or duty.number in asked]
    return [(duty.number, f"{duty.number} {duty.title}") for duty in duties]


class GroupForm(TokenForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)


class RenameForm(NoteForm):
    field_order = ("name", "name_en", "note")

    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)

    def __init__(self, thing: Group, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        names = {"name": thing.name, "name_en": thing.name_en}
        super().__init__(thing, data, initial=names | (initial or {}))


class ChargeForm(NoteForm):
    fields: dict[str, Any]

    field_order = ("clauses", "note")

    clauses = forms.MultipleChoiceField(
        label=_("Charged with"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, thing: Group, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        charged = list(thing.charges.in_force().values_list("clause", flat=True))
        super().__init__(thing, data, initial={"clauses": charged} | (initial or {}))
        elsewhere = Charge.objects.in_force().exclude(group=thing).select_related("group")
        others = {one.clause: str(one.group) for one in elsewhere}
        self.fields["clauses"].choices = [
            (clause, beside(str(title), others.get(clause, ""))) for clause, title in clause_choices()
        ]


class CloseForm(ReasonForm):
    field_order = ("closed_on", "note")

    closed_on = day_field(_("Last day"), initial=timezone.localdate)


class PutForwardForm(TokenForm):
    fields: dict[str, Any]

    group: WhichGroup = forms.ModelChoiceField(None, label=_("Working group"), empty_label=None)
    person = PersonField(label=_("Person"))
    post = forms.ChoiceField(label=_("Post"), choices=Membership.Post.choices, initial=Membership.Post.MEMBER)
    expertise = forms.CharField(label=_("Expertise"), max_length=100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].queryset = Group.objects.standing()


class ShareForm(NoteForm):
    fields: dict[str, Any]

    field_order = ("clauses", "expertise", "note")

    clauses = forms.MultipleChoiceField(
        label=_("Responsible for"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    expertise = forms.CharField(label=_("Expertise"), max_length=100, required=False)

    def __init__(self, thing: Membership, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        now = {"clauses": thing.clauses, "expertise": thing.expertise}
        super().__init__(thing, data, initial=now | (initial or {}))
        charged = thing.group.charges.in_force().values_list("clause", flat=True)
        self.fields["clauses"].choices = clause_choices(charged)
