"""Take figures, notes, decisions and files from people."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import ReasonForm, VersionForm
from fsul_portal.intake.forms import UploadForm
from fsul_portal.sheets import BadCell
from fsul_portal.templatetags.figures import period as period_in_words
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.libraries.models import Division, Library
from members.returns.checks.asked import asked_of, not_asked
from members.returns.intake.columns import NOTE_LENGTH, read_figure, shown_figure
from members.returns.models import Return
from members.returns.rules import may_import_accepted

RETURN_STATES = (Return.State.DRAFT, Return.State.SUBMITTED, Return.State.RETURNED, Return.State.ACCEPTED)


class FigureField(forms.CharField):
    """Read a figure as a cell of a file is read: digits, “—” for what does not apply, 闭馆 for a closed house."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(required=False, max_length=40, **options)

    def prepare_value(self, value):
        return shown_figure(value)

    def to_python(self, value):
        try:
            return read_figure(super().to_python(value) or None)
        except BadCell as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def run_validators(self, value):
        """The bounds of a figure are those of a cell, checked already."""


class ReturnForm(forms.Form):
    """Hold one figure and one note for each indicator, and the version of the return that they were drawn from.

    typed: the return with what was typed into the boxes that can be read; until something is sent, as it is stored.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    # Somebody else was faster: the page shows what is stored beside what was typed.
    overtaken = False

    def __init__(self, one: Return, data: Any = None, *, auto_id: str = "id_%s") -> None:
        every = Dictionaries().now
        self.one, self.typed, self.indicators = one, one, asked_of(one, every)
        self.unasked = [indicator.code for indicator in every if indicator not in self.indicators]
        initial = {"version": one.version} | one.figures
        initial |= {f"{code}_note": note for code, note in one.notes.items()}
        super().__init__(data, initial=initial, auto_id=auto_id)
        for indicator in self.indicators:
            self._add_boxes(indicator)

    def _add_boxes(self, indicator: Indicator) -> None:
        """Add the boxes of a figure and of its explanation; what stands against them is read with them."""
        code, note = indicator.code, f"{indicator.code}_note"
        self.fields[code] = FigureField(label=indicator.title)
        label = _("Explanation: %(name)s") % {"name": indicator.title}
        self.fields[note] = forms.CharField(label=label, required=False, max_length=NOTE_LENGTH)
        for name, beside in ((code, "wrong"), (note, "asked")):
            marks = {"data-cell": "", "autocomplete": "off", "aria-describedby": f"{self[name].auto_id}-{beside}"}
            self.fields[name].widget.attrs |= marks

    def clean(self) -> dict[str, Any]:
        """Say so where a figure was typed that the office has meanwhile ceased to ask for; it must not vanish."""
        self.typed = self._read()
        for code in self.unasked:
            if self.data.get(code) or self.data.get(f"{code}_note"):
                self.add_error(None, not_asked(code, self.one.period))
        return self.cleaned_data

    @property
    def figures(self):
        values = {one.code: self.cleaned_data.get(one.code) for one in self.indicators}
        return {code: value for code, value in values.items() if value is not None}

    @property
    def notes(self):
        values = {one.code: self.cleaned_data.get(f"{one.code}_note") for one in self.indicators}
        return {code: note for code, note in values.items() if note}

    def _read(self) -> Return:
        """Return the return as it would be; a box that cannot be read, or was not sent, keeps what is stored."""
        typed = copy(self.one)
        typed.figures = {code: value for code, value in self._values("", self.one.figures) if value is not None}
        typed.notes = {code: note for code, note in self._values("_note", self.one.notes) if note}
        return typed

    def _values(self, ending: str, stored: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for code in (one.code for one in self.indicators):
            name = f"{code}{ending}"
            is_read = name in self.data and name in self.cleaned_data
            yield code, self.cleaned_data[name] if is_read else stored.get(code)

    def show(self, findings):
        """Show each finding at its cell."""
        for finding in findings:
            self.add_error(finding.field if finding.field in self.fields else None, finding.sentence)

    def renew(self, one: Return) -> None:
        """Let the form speak of the return as it is now, with the text of the person kept."""
        self.one = one
        self.data = {name: self.data[name] for name in self.data} | {"version": str(one.version)}


def offer_periods(form, first, codes):
    """Let a form choose among the periods with these codes."""
    form.fields["period"].choices = [*first, *((code, period_in_words(code)) for code in codes)]


class HandInForm(VersionForm):
    """Hand in a draft as it stands; what keeps it back is told with the way to its figures."""

    def show(self, findings):
        for finding in findings:
            self.add_error(None, f"{finding.code} {finding.sentence}")
        address = reverse("returns:return-edit", args=[self.thing.library.code, self.thing.period.code])
        self.add_error(None, format_html('<a href="{}">{}</a>', address, _("Correct the figures, or explain them")))


class GiveBackForm(ReasonForm):
    """Say what is to be corrected."""

    def __init__(self, one, data=None):
        super().__init__(one, data)
        self.fields["note"].label = _("What is to be corrected")


class ListFilters(forms.Form):
    """Hold what the list of returns is narrowed by."""

    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    period = forms.ChoiceField(label=_("Period"), required=False)
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=Division.objects.exclude(level=Division.Level.TOWN),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("missing", _("not handed in")),
            *((state.value, state.label) for state in RETURN_STATES),
            ("questioned", _("with open questions")),
        ],
    )
    q = forms.CharField(label=_("Name, place, code or pinyin"), required=False, max_length=60)

    def __init__(self, periods, *args, any_period=False, **kwargs):
        super().__init__(*args, **kwargs)
        offer_periods(self, [("", _("All"))] if any_period else [], periods)


class ReturnUploadForm(UploadForm):
    """Take a file of returns; only the office may say that they are accepted already."""

    state = forms.ChoiceField(
        label=_("Take the returns in"),
        choices=[
            (Return.State.ACCEPTED.value, _("as accepted")),
            (Return.State.SUBMITTED.value, _("into the review of the districts")),
        ],
        initial=Return.State.ACCEPTED.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_import_accepted(self.user):
            del self.fields["state"]

    @property
    def wishes(self):
        return super().wishes | {"state": self.cleaned_data.get("state", Return.State.SUBMITTED.value)}


class TemplateForm(forms.Form):
    """Choose for which month, and which district or library, a workbook is made."""

    period = forms.ChoiceField(label=_("Period"))
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=Division.objects.exclude(level=Division.Level.TOWN),
        to_field_name="code",
        required=False,
        empty_label=_("All"),
    )
    library = forms.CharField(label=_("Code of one library"), required=False, max_length=40)

    def __init__(self, periods, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_periods(self, [], periods)

    def clean_library(self):
        """Find a library by its code, as people write it."""
        said = self.cleaned_data["library"].strip()
        found = Library.objects.filter(code__iexact=said).first() if said else None
        if said and found is None:
            raise ValidationError(_("There is no library with the code %(code)s.") % {"code": said})
        return found
