"""Ask for channels, their members, and what is asked in them (7.3)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, TokenForm, VersionForm
from fsul_portal.lives.forms import long_text
from fsul_portal.sheets import SheetRefused
from members.divisions.models import Division
from members.people.fields import PersonField
from workgroups.channels.listed import lines_in
from workgroups.channels.models import Channel
from workgroups.channels.questions.models import Question

if TYPE_CHECKING:
    WhichDistrict = forms.ModelChoiceField[Division]
    WhichChannel = forms.ModelChoiceField[Channel]
else:
    WhichDistrict = WhichChannel = forms.ModelChoiceField


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, **options)


def now() -> Any:
    return timezone.localtime().replace(second=0, microsecond=0)


class ChannelFacts(forms.Form):
    """What a channel is."""

    name = forms.CharField(label=_("Name"), max_length=60)
    platform = forms.ChoiceField(label=_("Platform"), choices=Channel.Platform.choices)
    owner = PersonField(label=_("Owner of the channel"), required=False)
    admins = forms.CharField(label=_("Administrators"), max_length=200, required=False)
    rules = long_text(_("Rules of the channel"), required=False)


class ChannelForm(TokenForm, ChannelFacts):
    fields: dict[str, Any]

    district: WhichDistrict = forms.ModelChoiceField(
        None, label=_("District"), required=False, empty_label=_("the whole city")
    )
    field_order = ("name", "district", "platform", "owner", "admins", "rules")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["district"].queryset = Division.objects.filter(level=Division.Level.DISTRICT)


class ChangeForm(NoteForm, ChannelFacts):
    field_order = ("name", "platform", "owner", "admins", "rules", "note")

    def __init__(self, thing: Channel, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        facts = {name: getattr(thing, name) for name in ("name", "platform", "admins", "rules")}
        facts["owner"] = thing.owner.username if thing.owner else ""
        super().__init__(thing, data, initial=facts | (initial or {}))


class MembersForm(VersionForm):
    text = long_text(
        _("Members as the platform lists them"),
        rows=14,
        longest=200_000,
        required=False,
        help_text=_("One member on each line, with name, unit or code in any order. The list replaces the one before."),
    )
    file = forms.FileField(
        label=_("Or the list as a file of the platform"),
        required=False,
        help_text=_("XLSX, CSV or text. Telephone numbers and addresses in it are left out."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> str:
        """Return the lines of the file, or nothing where none was chosen."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        try:
            return lines_in(file)
        except SheetRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        pasted, listed = given.get("text", ""), given.get("file", "")
        if not self.errors and bool(pasted) == bool(listed):
            self.add_error("text", _("Paste the list or choose its file: one of the two."))
        return given

    def answers(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"], "text": self.cleaned_data["text"] or self.cleaned_data["file"]}


class QuestionForm(TokenForm):
    fields: dict[str, Any]

    channel: WhichChannel = forms.ModelChoiceField(None, label=_("Liaison channel"), empty_label=None)
    text = long_text(_("Question"))
    asked_at = moment_field(_("Asked at"), initial=now)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].queryset = Channel.objects.standing()


class AnswerForm(VersionForm):
    answer = long_text(_("Answer"))
    replied_at = moment_field(_("Answered in the channel at"), initial=now)

    def __init__(self, thing: Question, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
