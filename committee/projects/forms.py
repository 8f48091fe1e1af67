"""Ask for a key project and for what the acts on it need (6.1 c, 6.2.1 f)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.decisions.grounds.forms import GroundForm
from committee.projects.models import Project, Risk
from fsul_portal.acts.forms import NoteForm, TokenForm
from fsul_portal.lives.forms import day_field, long_text
from fsul_portal.templatetags.figures import period
from members.libraries.models import Library
from members.people.fields import PersonField
from members.periods.models import month_before

MONTHS_OFFERED = 12
CLAUSE = "6.1 c"


class ProjectForm(TokenForm):
    """What a project is for, whose it is, and what it takes."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    scope = forms.ChoiceField(label=gettext_lazy("Scope"), choices=Project.Scope.choices)
    aim = long_text(gettext_lazy("Aim"))
    lead = forms.CharField(label=gettext_lazy("Code of the leading unit"), max_length=20)
    units = forms.CharField(label=gettext_lazy("Other units"), max_length=300, required=False)
    manager = PersonField(label=gettext_lazy("Responsible"))
    budget = forms.DecimalField(
        label=gettext_lazy("Budget in ten thousand yuan"), min_value=0, max_digits=12, decimal_places=2
    )
    starts_on = day_field(pgettext_lazy("project", "Begins on"))
    ends_on = day_field(pgettext_lazy("project", "Ends on"))

    def clean_lead(self) -> Library:
        library = Library.objects.filter(code__iexact=self.cleaned_data["lead"].strip()).first()
        if library is None:
            raise forms.ValidationError(_("There is no library of this code."))
        return library


class MilestoneForm(NoteForm):
    title = forms.CharField(label=gettext_lazy("Milestone"), max_length=100)
    due_on = day_field(gettext_lazy("Due on"))
    field_order = ("title", "due_on", "note")


class WhichMilestoneForm(NoteForm):
    """Choose one of the milestones that are open."""

    fields: dict[str, Any]

    milestone = forms.TypedChoiceField(label=gettext_lazy("Milestone"), coerce=int)

    def __init__(self, thing: Project, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        left = thing.milestones.filter(done_on__isnull=True)
        self.fields["milestone"].choices = [(one.pk, f"{one.title} · {one.due_on}") for one in left]


class MoveForm(GroundForm, WhichMilestoneForm):
    """Choose the milestone, its new day, and the decision of the committee that moves it."""

    clause = CLAUSE

    due_on = day_field(gettext_lazy("New day"))
    field_order = ("milestone", "due_on", "decision", "number", "day", "note")


class ReachForm(WhichMilestoneForm):
    done_on = day_field(gettext_lazy("Reached on"), initial=timezone.localdate)
    evidence = forms.CharField(label=gettext_lazy("What shows it"), max_length=300)
    field_order = ("milestone", "done_on", "evidence", "note")


class RiskForm(NoteForm):
    text = forms.CharField(label=gettext_lazy("Risk"), max_length=300)
    level = forms.ChoiceField(label=gettext_lazy("Level of the risk"), choices=Risk.Level.choices)
    measure = forms.CharField(
        label=gettext_lazy("What is done against it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed for a high risk."),
    )
    field_order = ("text", "level", "measure", "note")


class CloseRiskForm(NoteForm):
    fields: dict[str, Any]

    risk = forms.TypedChoiceField(label=gettext_lazy("Risk"), coerce=int)
    field_order = ("risk", "note")

    def __init__(self, thing: Project, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        self.fields["risk"].choices = [(one.pk, one.text) for one in thing.risks.filter(closed_on__isnull=True)]


class UpdateForm(NoteForm):
    """How it stands in a month; the figures of before are offered."""

    fields: dict[str, Any]

    month = forms.ChoiceField(label=gettext_lazy("Month"))
    progress = forms.IntegerField(label=gettext_lazy("Progress in per cent"), min_value=0, max_value=100)
    done = long_text(gettext_lazy("What was done"), rows=4)
    ahead = long_text(gettext_lazy("What comes next"), rows=3, required=False)
    spent = forms.DecimalField(
        label=gettext_lazy("Spent so far, in ten thousand yuan"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
    )
    field_order = ("month", "progress", "done", "ahead", "spent", "note")

    def __init__(self, thing: Project, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        now = f"{timezone.localdate():%Y-%m}"
        super().__init__(thing, data, initial={"month": now, "progress": thing.progress} | (initial or {}))
        months = [now, *(month_before(now, back) for back in range(1, MONTHS_OFFERED))]
        self.fields["month"].choices = [(code, period(code)) for code in months]


class OutcomeForm(NoteForm):
    outcome = long_text(gettext_lazy("What was reached"), rows=4)
    field_order = ("outcome", "note")
