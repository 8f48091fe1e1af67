"""Read what the secretary writes of a meeting."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.agendas.forms import agenda_field
from committee.meetings.models import Meeting
from committee.meetings.wording.titles import MEETINGS, suggested_title
from fsul_portal.acts.forms import TokenForm, VersionForm
from fsul_portal.numbers.actions import upcoming

LONGEST_MINUTES = 200_000
YEARS_AHEAD = 2
FIRST_YEAR = 2000


class MeetingForm(forms.Form):
    """Hold what a meeting is called for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)

    def clean_starts_at(self):
        """Refuse what can only be a slip of the pen."""
        starts_at, last = self.cleaned_data["starts_at"], timezone.now() + timedelta(days=366 * YEARS_AHEAD)
        if starts_at.year < FIRST_YEAR or starts_at > last:
            raise ValidationError(
                _("A meeting lies between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": last.year}
            )
        return starts_at


class CallForm(TokenForm, MeetingForm):
    """Call a meeting, once however often the form is sent; its title is suggested."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Meeting.Kind.choices, initial=Meeting.Kind.JOINT)
    agenda = agenda_field(required=False)
    field_order = ["kind", "starts_at", "place", "title", "agenda"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        example = suggested_title(Meeting.Kind.JOINT, year, upcoming(MEETINGS, year).number)
        self.fields["title"].widget.attrs["placeholder"] = example
        self.fields["title"].help_text = _("Left empty, the title is made of kind, year and the next number.")


class RevisionForm(VersionForm, MeetingForm):
    """Change what a meeting was called for; its number belongs to its year."""

    def __init__(self, meeting, data=None):
        facts = {field: getattr(meeting, field) for field in ("title", "starts_at", "place")}
        super().__init__(meeting, data, initial=facts)
        self.fields["title"].required = True

    def clean_starts_at(self):
        starts_at = super().clean_starts_at()
        if timezone.localtime(starts_at).year != self.thing.year:
            raise ValidationError(
                _("A meeting keeps its year and its number; cancel it, and call another one for the other year.")
            )
        return starts_at


class CancelForm(VersionForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class MinutesForm(VersionForm):
    text = forms.CharField(
        label=gettext_lazy("Minutes of the meeting"),
        help_text=gettext_lazy("What concerns the meeting as a whole; each item of the agenda has minutes of its own."),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=LONGEST_MINUTES,
        strip=False,
    )

    def __init__(self, meeting, data=None):
        super().__init__(meeting, data, initial={"text": meeting.minutes})

    def clean_text(self):
        """Keep the text as it is typed, but for the kind of line ends which a browser sends."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError(_("Write something first."))
        return text
