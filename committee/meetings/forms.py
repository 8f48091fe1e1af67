"""Read what the secretary writes of a meeting."""

from datetime import timedelta
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import Meeting, RollEntry
from committee.meetings.titles import MEETINGS, suggested_title
from fsul_portal.numbers.actions import upcoming

LONGEST_AGENDA = 20_000
LONGEST_MINUTES = 200_000
ROWS_AT_MOST = 200
YEARS_AHEAD = 2
FIRST_YEAR = 2000


class VersionForm(forms.Form):
    """Carry the version that was looked at, so that nobody overwrites or signs what he has not seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MeetingForm(forms.Form):
    """Hold what a meeting is called for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        help_text=gettext_lazy("One item on each line."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST_AGENDA,
        required=False,
    )

    def clean_starts_at(self):
        """Refuse what can only be a slip of the pen."""
        starts_at, last = self.cleaned_data["starts_at"], timezone.now() + timedelta(days=366 * YEARS_AHEAD)
        if starts_at.year < FIRST_YEAR or starts_at > last:
            raise ValidationError(
                _("A meeting lies between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": last.year}
            )
        return starts_at


class CallForm(MeetingForm):
    """Call a meeting; its title is suggested."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Meeting.Kind.choices, initial=Meeting.Kind.JOINT)
    field_order = ["kind", "starts_at", "place", "title", "agenda"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        example = suggested_title(Meeting.Kind.JOINT, year, upcoming(MEETINGS, year).number)
        self.fields["title"].widget.attrs["placeholder"] = example
        self.fields["title"].help_text = _("Left empty, the title is made of kind, year and the next number.")


class RevisionForm(VersionForm, MeetingForm):
    """Change what a meeting was called for; its number belongs to its year."""

    def __init__(self, data=None, *, meeting):
        facts = {field: getattr(meeting, field) for field in ("title", "starts_at", "place", "agenda", "version")}
        super().__init__(data, initial=facts)
        self.meeting = meeting
        self.fields["title"].required = True

    def clean_starts_at(self):
        starts_at = super().clean_starts_at()
        if timezone.localtime(starts_at).year != self.meeting.year:
            raise ValidationError(
                _("A meeting keeps its year and its number; cancel it, and call another one for the other year.")
            )
        return starts_at


class CancelForm(VersionForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class MinutesForm(VersionForm):
    text = forms.CharField(
        label=gettext_lazy("Minutes"),
        help_text=gettext_lazy("What was heard, discussed and decided: item, who is in charge, who helps, until when."),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=LONGEST_MINUTES,
        strip=False,
    )

    def clean_text(self):
        """Keep the text as it is typed, but for the kind of line ends which a browser sends."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError(_("Write something first."))
        return text


class RollEntryForm(forms.ModelForm):
    """Hold one line of the roll; a line without a name is left out."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60, required=False)

    class Meta:
        model = RollEntry
        fields = ["name", "unit", "position", "presence"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("name") and (cleaned.get("unit") or cleaned.get("position")) and "name" not in self.errors:
            self.add_error("name", _("Whose line is this? Write the name, or clear the whole line."))
        return cleaned


class BaseRoll(BaseFormSet):
    """Hold the whole roll."""

    def rows(self):
        """Return the lines that name somebody."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]

    def with_more_lines(self, lines):
        """Return what was typed so far, right or wrong, with as many more empty lines."""
        typed = [{name: form[name].value() for name in form.fields} for form in self.forms]
        longer = RollFormSet(initial=[row for row in typed if row["name"]], prefix=self.prefix)
        longer.extra = lines
        return longer

    def clean(self):
        if any(self.errors):
            return
        seen = set()
        for row in self.rows():
            key = (row["name"], row["unit"])
            if key in seen:
                raise ValidationError(_("%(name)s is on the roll twice.") % {"name": row["name"]})
            seen.add(key)
        if not seen:
            raise ValidationError(_("A roll names at least one person."))


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
