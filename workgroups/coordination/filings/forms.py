"""Ask for what a filing needs, and for the opinions on it (6.2.1 e)."""

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NOTE_LENGTH, NoteForm, TokenForm
from members.libraries.models import Division, Spell
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.kinds.table import KINDS, kind_choices
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import libraries_to_file_for

MATCHES_SHOWN = 20


def matching(user, text):
    """Return today's facts of the libraries in the user's hands whose code or name holds the text."""
    named = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(library__code__icontains=text)
    spells = Spell.objects.as_of().filter(named, library__in=libraries_to_file_for(user))
    return spells.select_related("library", "district").in_office_order()


def day_field(**options):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, **options)


class BeginForm(forms.Form):
    """Choose what is to change, and of which library; nobody scrolls through thousands of libraries for that."""

    kind = forms.ChoiceField(label=_("What changes"), choices=kind_choices, widget=forms.RadioSelect)
    library = forms.CharField(
        label=_("Member library"),
        help_text=_("Type a code or a part of the name."),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "list": "libraries",
                "autocomplete": "off",
                "data-hx-get": reverse_lazy("workgroups:coordination:library-suggestions"),
                "data-hx-trigger": "input changed delay:250ms",
                "data-hx-target": "#libraries",
            }
        ),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user, self.matches = user, []

    def clean_library(self):
        """Return the facts of the library meant; several that match are offered to choose from."""
        text = self.cleaned_data["library"]
        found = matching(self.user, text)
        exact = found.filter(library__code__iexact=text).first()
        self.matches = [exact] if exact else list(found[: MATCHES_SHOWN + 1])
        if not self.matches:
            raise forms.ValidationError(_("None of the libraries you file for is called this."))
        if len(self.matches) > 1:
            raise forms.ValidationError(_("Several libraries match; choose one of them below."))
        return self.matches[0].library


class FilingForm(TokenForm):
    """Ask for the facts of one kind of filing, for one library."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    effective_on = day_field(label=_("Takes effect on"))
    resumes_on = day_field(
        label=_("Opens again on"), required=False, help_text=_("The first day on which it is open again, if known.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )

    def __init__(self, data=None, *, kind, library, filing=None):
        self.kind, self.library = KINDS[kind], library
        super().__init__(data, initial=_initial(self.kind, library, filing))
        self.fields.update({name: self._asked_field(name) for name in self.kind.asks})
        if not self.kind.ends:
            del self.fields["resumes_on"]
        self.order_fields([*self.kind.asks, "effective_on", "resumes_on", "reason"])

    def _asked_field(self, name):
        kept = Spell._meta.get_field(name)
        field = kept.formfield()
        # A form field of its own does not ask what the model asks: nothing lies outside the earth.
        more = [one for one in kept.validators if one not in field.validators]
        field.validators = [*field.validators, *more]
        field.required = name in self.kind.needs
        if name == "town":
            field = self._town_field(field)
        return field

    def _town_field(self, field):
        towns = Division.objects.filter(parent=self.library.district, level=Division.Level.TOWN)
        required = field.required and towns.exists()
        return forms.ModelChoiceField(towns, label=field.label, to_field_name="code", required=required)

    def asked(self):
        """Return the answers as `begin` and `edit` take them."""
        answers = self.cleaned_data
        return {
            "effective_on": answers["effective_on"],
            "resumes_on": answers.get("resumes_on"),
            "reason": answers["reason"],
            "requested": self.kind.requested(answers),
        }


def _initial(kind, library, filing):
    facts = library.facts
    initial = {name: getattr(facts, name, None) for name in kind.asks}
    if filing is None:
        return _as_answers(initial)
    return {
        **filing.requested,
        "version": filing.version,
        "effective_on": filing.effective_on,
        "resumes_on": filing.resumes_on,
        "reason": filing.reason,
    }


def _as_answers(facts):
    return {name: getattr(value, "code", value) for name, value in facts.items()}


class SubmitForm(NoteForm):
    """Hand in; with questions only after somebody has looked at them."""

    checked = forms.BooleanField(label=_("I have looked at the questions; it is right as it stands."), required=False)

    def __init__(self, filing, data=None, *, has_questions=True):
        super().__init__(filing, data)
        self.fields["note"].label = _("Remark for the reviewer")
        if not has_questions:
            del self.fields["checked"]

    def show(self, findings):
        add_findings(self, findings)


class ConsentForm(NoteForm):
    """Consent; when the registry changed in between only with a tick on exactly what is shown.

    The facts are sent along only where the tick is asked for, so that the form is read without comparing anew.
    """

    facts = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    seen = forms.BooleanField(label=_("I have seen that the registry changed meanwhile."), required=False)

    def __init__(self, filing, data=None):
        super().__init__(filing, data)
        facts = data.get("facts", "") if data is not None else _facts_to_see(filing)
        self.fields["facts"].initial = facts
        if not facts:
            del self.fields["seen"]

    def answers(self):
        answers = super().answers()
        facts, ticked = answers.pop("facts"), answers.pop("seen", False)
        return answers | {"seen": facts if ticked else ""}

    def kept(self, thing):
        """Keep the text; a tick on other facts than those of now falls away."""
        typed, facts = super().kept(thing), _facts_to_see(thing)
        if facts != typed.get("facts", ""):
            typed.pop("seen", None)
        typed["facts"] = facts
        return typed

    def show(self, findings):
        add_findings(self, findings)


def _facts_to_see(filing: Filing) -> str:
    """Return the mark of what the registry says now, where it has changed meanwhile."""
    comparison = compare(filing)
    return comparison.digest if comparison.has_moved else ""


class DecisionForm(ConsentForm):
    """Ask for the number and the day of a decision of the committee."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    day = forms.DateField(
        label=_("Day of the decision"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def add_findings(form, findings):
    """Put findings where they belong in a form, with a link to the filing they speak of."""
    for finding in findings:
        sentence = finding.sentence
        if finding.link:
            sentence = format_html('<a href="{}">{}</a>', finding.link, sentence)
        form.add_error(finding.field if finding.field in form.fields else None, sentence)
