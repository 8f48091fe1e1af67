"""Read what the secretary writes of a meeting."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.agendas.forms import agenda_field
from committee.bodies.models import Body, PlannedMeeting
from committee.meetings.models import Meeting
from committee.meetings.wording.titles import numbers_of, suggested_title
from fsul_portal.acts.forms import TokenForm, VersionForm
from fsul_portal.grammar.words import Words
from fsul_portal.numbers.actions import upcoming
from fsul_portal.users import User

LONGEST_MINUTES = 200_000
YEARS_AHEAD = 2
FIRST_YEAR = 2000
USUAL_HOUR = time(9, 30)


class MeetingForm(forms.Form):
    """Hold what a meeting is called for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Begins"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Ends"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        required=False,
        help_text=gettext_lazy("Calendars take two hours where it is left empty."),
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

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ends_at") and cleaned.get("starts_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", _("A meeting ends after it has begun."))
        return cleaned


class CallForm(TokenForm, MeetingForm):
    """Call a meeting, once however often the form is sent; its title is suggested.

    One choice says which body meets, and of the committee in which kind of meeting. planned: of the year's plan.
    """

    fields: dict[str, Any]

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    agenda = agenda_field(required=False)
    field_order = ["kind", "starts_at", "ends_at", "place", "title", "agenda"]

    def __init__(self, data: Any = None, *, by: User, planned: PlannedMeeting | None = None) -> None:
        super().__init__(data, initial=_foreseen(planned) if planned else {})
        self.planned = planned
        self.bodies = {str(body.pk): body for body in Body.objects.standing().kept_by(by)}
        self.fields["kind"].choices = [choice for body in self.bodies.values() for choice in _kinds(body)]
        if not self.bodies:
            return
        year, first = timezone.localdate().year, next(iter(self.bodies.values()))
        kind = first.sort_of.meeting or Meeting.Kind.JOINT
        example = suggested_title(first, kind, year, upcoming(numbers_of(first), year).number)
        self.fields["title"].widget.attrs["placeholder"] = example
        self.fields["title"].help_text = _("Left empty, the title is made of kind, year and the next number.")

    def answers(self) -> dict[str, Any]:
        """Return the answers as the action takes them."""
        chosen = self.cleaned_data["kind"]
        if body := self.bodies.get(chosen):
            return self.cleaned_data | {"kind": "", "body": body, "planned": self.planned}
        return self.cleaned_data | {"planned": self.planned}


def _foreseen(planned: PlannedMeeting) -> dict[str, Any]:
    """Return what the plan of the year says of a meeting."""
    kind = str(planned.body.pk) if planned.body.sort_of.meeting else Meeting.Kind.JOINT
    begins = timezone.make_aware(datetime.combine(planned.day, USUAL_HOUR))
    return {"kind": kind, "starts_at": begins, "agenda": planned.subject}


def _kinds(body: Body) -> list[tuple[str, Words]]:
    """Return which kinds of meetings a body holds: two of the committee, one of each other body."""
    if body.sort_of.meeting:
        return [(str(body.pk), f"{body} · {Meeting.Kind(body.sort_of.meeting).label}")]
    return [(kind.value, kind.label) for kind in (Meeting.Kind.JOINT, Meeting.Kind.SESSION)]


class RevisionForm(VersionForm, MeetingForm):
    """Change what a meeting was called for; its number belongs to its year."""

    def __init__(self, meeting, data=None):
        facts = {field: getattr(meeting, field) for field in ("title", "starts_at", "ends_at", "place")}
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
        self.keeps_at = reverse("committee:meeting-minutes-keep", args=[meeting.pk])

    def clean_text(self):
        """Keep the text as it is typed, but for the kind of line ends which a browser sends."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError(_("Write something first."))
        return text
