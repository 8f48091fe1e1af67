"""Ask for a plan, its indicators, and the value of a year (6.1 b)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.plans.models import DECIMALS, DIGITS, Plan
from fsul_portal.acts.forms import NoteForm, TokenForm
from members.indicators.models import Indicator
from members.indicators.words import titles_by_code

if TYPE_CHECKING:
    WhichPlan = forms.ModelChoiceField[Plan]
else:
    WhichPlan = forms.ModelChoiceField

FIRST, LAST = 2000, 2100


def year_field(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=FIRST, max_value=LAST, **options)


def amount_field(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=DIGITS, decimal_places=DECIMALS, **options)


class PlanForm(TokenForm):
    """Which plan, and for which years."""

    fields: dict[str, Any]

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Plan.Kind.choices)
    first_year = year_field(pgettext_lazy("plan", "First year"), initial=lambda: timezone.localdate().year + 1)
    last_year = year_field(pgettext_lazy("plan", "Last year"), initial=lambda: timezone.localdate().year + 5)
    replaces: WhichPlan = forms.ModelChoiceField(
        None,
        label=_("Replaces"),
        required=False,
        empty_label=_("nothing"),
        help_text=_("It ends on the day from which the new one is in force."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["replaces"].queryset = Plan.objects.replaceable()


class IndicatorForm(NoteForm):
    """What a goal is measured by."""

    fields: dict[str, Any]

    goal = forms.CharField(label=_("Goal"), max_length=200)
    code = forms.ChoiceField(
        label=_("Reported as"),
        required=False,
        help_text=_("Its values are added up from the returns. Left empty, they are typed with their source."),
    )
    title = forms.CharField(
        label=_("Name of the indicator"),
        max_length=100,
        required=False,
        help_text=_("Left empty, a reported indicator has the name that it has there."),
    )
    unit = forms.CharField(label=pgettext_lazy("measure", "Unit"), max_length=20, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("Needed where libraries do not report it.")
    )
    base_year = year_field(_("Base year"))
    base = amount_field(_("Base"))
    target = amount_field(_("Target"))
    field_order = ("goal", "code", "title", "unit", "source", "base_year", "base", "target", "note")

    def __init__(self, thing: Plan, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"base_year": thing.first_year - 1} | (initial or {}))
        known = [(one.code, str(one)) for one in Indicator.objects.in_use()]
        self.fields["code"].choices = [("", _("not reported by libraries")), *known]


class DropForm(NoteForm):
    fields: dict[str, Any]

    indicator = forms.TypedChoiceField(label=_("Indicator"), coerce=int)
    field_order = ("indicator", "note")

    def __init__(self, thing: Plan, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        titles = titles_by_code()
        self.fields["indicator"].choices = [(one.pk, one.named(titles)) for one in thing.indicators.all()]


class ValueForm(NoteForm):
    """What a year has brought; entered once more, it corrects what stands there."""

    fields: dict[str, Any]

    indicator = forms.TypedChoiceField(label=_("Indicator"), coerce=int)
    year = year_field(_("Year"))
    value = amount_field(_("Value"))
    source = forms.CharField(label=_("Source"), max_length=200)
    field_order = ("indicator", "year", "value", "source", "note")

    def __init__(self, thing: Plan, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"year": timezone.localdate().year - 1} | (initial or {}))
        typed = thing.indicators.filter(code="")
        self.fields["indicator"].choices = [(one.pk, one.title) for one in typed]
