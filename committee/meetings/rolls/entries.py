"""Read the roll: one line for each person, whose presence nobody presumes (6.2.1 b)."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import RollEntry
from committee.meetings.rolls.names import is_of, people_by_name, spelled, unit_of
from committee.meetings.rolls.seats import due_on_the_roll
from fsul_portal.acts.forms import VersionForm

ROWS_AT_MOST = 200
MORE_LINES = 5
SOMEBODY_ELSE = "else"


class RollEntryForm(forms.ModelForm):
    """Hold one line of the roll; a line without a name is left out."""

    fields: dict[str, Any]

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60, required=False)
    person = forms.ChoiceField(label=gettext_lazy("Is this"), required=False)

    class Meta:
        model = RollEntry
        fields = ["name", "unit", "position", "presence"]

    def __init__(self, *args, known, **options):
        super().__init__(*args, **options)
        self.namesakes = known.get(spelled(str(self["name"].value() or "")).casefold(), [])
        self.fields["person"].choices = [
            ("", "—"),
            *((str(person.pk), self._named(person)) for person in self.namesakes),
            (SOMEBODY_ELSE, _("somebody else")),
        ]

    def _named(self, person):
        return f"{person} · {unit_of(person) or person.username}"

    @property
    def is_asked(self):
        """Say whether the line has to tell who is meant."""
        return "person" in self.errors or bool(self["person"].value())

    def clean_name(self):
        return spelled(self.cleaned_data["name"])

    def clean_unit(self):
        return spelled(self.cleaned_data["unit"])

    def clean(self):
        cleaned = super().clean() or {}
        if not cleaned.get("name") and (cleaned.get("unit") or cleaned.get("position")) and "name" not in self.errors:
            self.add_error("name", _("Whose line is this? Write the name, or clear the whole line."))
        if "person" in cleaned:
            cleaned["person"] = self._person(cleaned)
        return cleaned

    def _person(self, cleaned):
        """Return the account that is meant: the one of this name and unit, or as it was answered."""
        answer = cleaned["person"]
        here = [person for person in self.namesakes if is_of(person, cleaned.get("unit", ""))]
        if not self.namesakes or answer == SOMEBODY_ELSE:
            return None
        if answer:
            return next((person for person in self.namesakes if str(person.pk) == answer), None)
        if len(here) == 1:
            return here[0]
        named = " / ".join(self._named(person) for person in here or self.namesakes)
        self.add_error("person", _("Is this %(person)s, or somebody else of the same name?") % {"person": named})
        return None


class BaseRoll(BaseFormSet):
    """Hold the whole roll."""

    def rows(self):
        """Return the lines that name somebody."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]

    def with_more_lines(self, lines):
        """Return what was typed so far, right or wrong, with as many more empty lines."""
        typed = [{name: form[name].value() for name in form.fields} for form in self.forms]
        longer = RollFormSet(
            initial=[row for row in typed if row["name"] or row["unit"] or row["position"]],
            prefix=self.prefix,
            form_kwargs=self.form_kwargs,
        )
        longer.extra = lines
        return longer

    def clean(self):
        if any(self.errors):
            return
        seen: dict[str, list] = {}
        for row in self.rows():
            for other in seen.setdefault(row["name"].casefold(), []):
                if _may_be_one(row, other):
                    raise ValidationError(_("%(name)s is on the roll twice.") % {"name": row["name"]})
                if row["unit"] == other["unit"]:
                    sentence = _("Two people on the roll are called %(name)s; tell them apart by their units.")
                    raise ValidationError(sentence % {"name": row["name"]})
            seen[row["name"].casefold()].append(row)
        if not seen:
            raise ValidationError(_("A roll names at least one person."))


def _may_be_one(row, other):
    """Two lines of one name are one person unless they name different units, or different accounts."""
    if row["person"] and other["person"]:
        return row["person"] == other["person"]
    return row["unit"] == other["unit"] or not (row["unit"] and other["unit"])


RollFormSet = cast(
    "type[BaseRoll]",
    formset_factory(
        RollEntryForm,
        formset=BaseRoll,
        extra=3,
        max_num=ROWS_AT_MOST,
        absolute_max=ROWS_AT_MOST + 20,
        validate_max=True,
    ),
)


class RollForm(VersionForm):
    """Take the whole roll; it begins with everybody who sits on the committee, and says of nobody that he came."""

    def __init__(self, meeting, data=None):
        super().__init__(meeting, data)
        if data is None:
            rows = list(meeting.roll.values("name", "unit", "position", "presence")) or due_on_the_roll()
            self.roll = RollFormSet(initial=rows, prefix="roll", form_kwargs={"known": {}})
            return
        self.roll = RollFormSet(data, prefix="roll", form_kwargs={"known": people_by_name()})
        if "more" in data:
            self.roll = self.roll.with_more_lines(MORE_LINES)

    def is_valid(self):
        return self.roll.is_valid() and super().is_valid()

    def answers(self):
        return super().answers() | {"rows": self.roll.rows()}
