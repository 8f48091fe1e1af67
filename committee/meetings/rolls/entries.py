"""Read the roll: one line for each person, whose presence nobody presumes (6.2.1 b)."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.agendas.numbering import numbered
from committee.meetings.models import RollEntry
from committee.meetings.replies.models import Reply, replies_of
from committee.meetings.rolls.names import is_of, people_by_name, spelled, unit_of
from committee.meetings.rolls.seats import due_on_the_roll
from fsul_portal.acts.forms import VersionForm

ROWS_AT_MOST = 200
MORE_LINES = 5
SOMEBODY_ELSE = "else"
WITH_A_VOTE, WITHOUT = "votes", "attends"
STANDINGS = [
    (WITH_A_VOTE, pgettext_lazy("on a roll", "with a vote")),
    (WITHOUT, pgettext_lazy("on a roll", "attends without a vote")),
]


class RollEntryForm(forms.ModelForm):
    """Hold one line of the roll; a line without a name is left out."""

    fields: dict[str, Any]

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60, required=False)
    standing = forms.ChoiceField(label=gettext_lazy("Takes part"), choices=STANDINGS, required=False)
    came = forms.CharField(label=gettext_lazy("Came with item"), max_length=8, required=False)
    left = forms.CharField(label=gettext_lazy("Left after item"), max_length=8, required=False)
    person = forms.ChoiceField(label=gettext_lazy("Is this"), required=False)

    class Meta:
        model = RollEntry
        fields = ["name", "unit", "position", "presence", "deputy"]

    field_order = ["name", "unit", "position", "standing", "presence", "deputy", "came", "left", "person"]

    def __init__(self, *args, known, items, **options):
        super().__init__(*args, **options)
        self.items = items
        if not items:
            del self.fields["came"], self.fields["left"]
        self.namesakes = known.get(spelled(str(self["name"].value() or "")).casefold(), [])
        self.fields["person"].choices = [
            ("", "—"),
            *((str(person.pk), self._named(person)) for person in self.namesakes),
            (SOMEBODY_ELSE, _("somebody else")),
        ]

    def _named(self, person):
        return f"{person} · {unit_of(person) or person.username}"

    @property
    def facts(self):
        """Return the fields that every line shows."""
        return [self[name] for name in ("name", "unit", "position", "standing", "presence")]

    @property
    def more(self):
        """Return what few lines need: who came as deputy, and from which item to which somebody was there."""
        return [self[name] for name in ("deputy", "came", "left") if name in self.fields]

    @property
    def says_more(self):
        return any(field.value() or field.errors for field in self.more)

    @property
    def is_asked(self):
        """Say whether the line has to tell who is meant."""
        return "person" in self.errors or bool(self["person"].value())

    def clean_name(self):
        return spelled(self.cleaned_data["name"])

    def clean_unit(self):
        return spelled(self.cleaned_data["unit"])

    def clean_deputy(self):
        return spelled(self.cleaned_data["deputy"])

    def clean_standing(self):
        """Whoever says nothing of it means that somebody is due with a vote."""
        return self.cleaned_data["standing"] or WITH_A_VOTE

    def clean_came(self):
        return self._item(self.cleaned_data["came"])

    def clean_left(self):
        return self._item(self.cleaned_data["left"])

    def _item(self, number):
        number = spelled(number).rstrip(".")
        if number and number not in self.items:
            raise ValidationError(_("The agenda has no item %(number)s.") % {"number": number})
        return self.items.get(number)

    def clean(self):
        cleaned = super().clean() or {}
        self._faults_of_presence(cleaned)
        if not cleaned.get("name") and (cleaned.get("unit") or cleaned.get("position")) and "name" not in self.errors:
            self.add_error("name", _("Whose line is this? Write the name, or clear the whole line."))
        if "person" in cleaned:
            cleaned["person"] = self._person(cleaned)
        return cleaned

    def _faults_of_presence(self, cleaned):
        sent = cleaned.get("presence") == RollEntry.Presence.DEPUTY
        if cleaned.get("deputy") and not sent and "presence" not in self.errors:
            self.add_error("deputy", _("A deputy comes for somebody who sent one; say so, or clear the name."))
        came, left = cleaned.get("came"), cleaned.get("left")
        order = list(self.items.values())
        if came and left and order.index(left) < order.index(came):
            self.add_error("left", _("Nobody leaves before he came."))

    def row(self):
        """Return the line as the roll keeps it."""
        kept = {name: self.cleaned_data[name] for name in ("name", "unit", "position", "presence", "deputy", "person")}
        spans = {"came_with": self.cleaned_data.get("came"), "left_after": self.cleaned_data.get("left")}
        return kept | spans | {"votes": self.cleaned_data["standing"] == WITH_A_VOTE}

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
        return [form.row() for form in self.forms if form.cleaned_data.get("name")]

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
        for row in self.rows():
            # Whoever sits himself has one voice already.
            if any(other["votes"] for other in seen.get(row["deputy"].casefold(), ()) if row["deputy"]):
                sentence = _("%(deputy)s is on the roll with a vote of his own and deputises for nobody.")
                raise ValidationError(sentence % {"deputy": row["deputy"]})


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
        items = {one.number: one.item for one in numbered(meeting)}
        if data is None:
            options = {"known": {}, "items": items}
            self.roll = RollFormSet(initial=_lines(meeting, items), prefix="roll", form_kwargs=options)
            return
        self.roll = RollFormSet(data, prefix="roll", form_kwargs={"known": people_by_name(), "items": items})
        if "more" in data:
            self.roll = self.roll.with_more_lines(MORE_LINES)

    def is_valid(self):
        return self.roll.is_valid() and super().is_valid()

    def answers(self):
        return super().answers() | {"rows": self.roll.rows()}


def _lines(meeting, items):
    """Return what the form begins with: the roll as it is, or everybody who is due."""
    numbers = {item.pk: number for number, item in items.items()}
    rows = list(meeting.roll.values()) or _expected(meeting)
    return [
        {name: row.get(name, "") for name in ("name", "unit", "position", "presence", "deputy")}
        | {"standing": WITH_A_VOTE if row["votes"] else WITHOUT}
        | {"came": numbers.get(row.get("came_with_id"), ""), "left": numbers.get(row.get("left_after_id"), "")}
        for row in rows
    ]


def _expected(meeting):
    """Return everybody who is due, with the deputies and excuses that were announced; nobody is presumed to come."""
    announced = {reply.person_id: reply for reply in replies_of(meeting)}
    return [row | _announced(announced.get(row["person"])) for row in due_on_the_roll(meeting.body)]


def _announced(reply):
    if reply is None or reply.answer == Reply.Answer.ATTENDS:
        return {}
    if reply.answer == Reply.Answer.DEPUTY:
        return {"presence": RollEntry.Presence.DEPUTY, "deputy": reply.deputy_name}
    return {"presence": RollEntry.Presence.EXCUSED}
