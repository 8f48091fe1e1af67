"""Ask what somebody wants to look at, and under which name he keeps it (6.2.1 j)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.acts.forms import TokenForm
from fsul_portal.templatetags.figures import period as in_words
from members.divisions.models import Division
from members.indicators.formulas.arithmetic import BadFormulaError
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import codes_below
from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.libraries.finding.kinds import kind_title
from members.libraries.models import Library, Spell, is_known
from members.periods.models import Period, month_before, month_due
from members.returns.due.scope import WHOLE, Scope
from reports.dashboard.figures import MONTHS, SHOWN
from reports.explorer.choices import FAR, NEAR, Choice, Figure, is_yearly
from reports.explorer.models import NAME_LENGTH, QUERY_LENGTH

YEARS = "year"
FIGURES = ("figure", "second", "third")
ASKED = (*FIGURES, "first", "last", "step", "map", "district", "library", "level", "kind", "peers")


class LongSelect(forms.Select):
    """Draw a hundred months in one template: Django's own includes two for each, half of the page's time."""

    template_name = "reports/explorer/_select.html"


class ExplorerForm(forms.Form):
    """Offer what there is to choose; what an address does not say is as it is at first, for this person."""

    figure = forms.ChoiceField(label=_("Indicator"), widget=LongSelect)
    second = forms.ChoiceField(label=_("Second indicator"), required=False, widget=LongSelect)
    third = forms.ChoiceField(label=_("Third indicator"), required=False, widget=LongSelect)
    first = forms.ChoiceField(label=_("First month"), widget=LongSelect)
    last = forms.ChoiceField(label=_("Last month"), widget=LongSelect)
    step = forms.ChoiceField(
        label=pgettext_lazy("explorer", "Step"),
        required=False,
        help_text=_("A year is the sum of its months, a stock that of the last one; peers stand beside months alone."),
    )
    map = forms.BooleanField(label=_("Draw the last month on a map"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    library = forms.CharField(
        label=_("Code of a library"), required=False, max_length=20, help_text=_("One library instead of a place.")
    )
    peers = forms.ChoiceField(label=_("Beside a library"), required=False)

    def __init__(self, scope: Scope, asked: QueryDict) -> None:
        self.formulas = list(Formula.objects.all())
        self.dictionaries = Dictionaries()
        self.known = {one.code: one for one in _figures(self.dictionaries, self.formulas)}
        self.periods = list(Period.objects.order_by("code"))
        self.stored = [one for one in self.periods if "-" in one.code]
        self.scope = scope
        self.places = {one.code: one for one in Division.objects.filter(level__in=("city", "district"))}
        months = _months(self.stored)
        usual = {"figure": SHOWN, "last": months[0], "first": months[min(MONTHS, len(months)) - 1]}
        if not asked.keys() & {"district", "library", "level", "kind"}:
            usual |= {"district": scope.district.code} if scope.district else {}
            usual |= {"library": scope.library.code} if scope.library else {}
        super().__init__(usual | {name: asked[name] for name in ASKED if name in asked})
        self._offer(months)

    def _offer(self, months: list[str]) -> None:
        figures = _grouped(self.known.values())
        offered: dict[str, list[Any]] = {
            "figure": figures,
            "second": [("", "—"), *figures],
            "third": [("", "—"), *figures],
            "first": [(code, in_words(code)) for code in months],
            "last": [(code, in_words(code)) for code in months],
            "step": [("", _("by month")), (YEARS, _("by year"))],
            "district": [("", WHOLE), *((code, place.title) for code, place in self.places.items())],
            "level": [("", _("All")), *Spell.Level.choices],
            "kind": [("", _("All")), *((kind, kind_title(kind)) for kind in self._kinds())],
            "peers": [
                ("", _("nothing")),
                (NEAR, _("the mean of its level and kind in its district")),
                (FAR, _("the mean of its level and kind in the whole system")),
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # all are fields of choices

    def _kinds(self) -> list[str]:
        """Return the kinds that there are; who reads one library alone meets a kind in a view only."""
        if self.scope.library:
            return list(filter(None, [self.data.get("kind")]))
        kinds = Spell.objects.filter(is_known()).exclude(kind="").order_by("kind")
        return list(kinds.values_list("kind", flat=True).distinct())

    def clean_library(self) -> Library | None:
        code, own = self.cleaned_data["library"].strip(), self.scope.library
        if own and code == own.code:
            return own
        found = Library.objects.with_facts().filter(code__iexact=code).first() if code else None
        if code and found is None:
            raise ValidationError(_("There is no library with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first", "") > said.get("last", "9"):
            self.add_error("first", _("The first month comes after the last."))
        chosen = [self.known[said[name]] for name in FIGURES if said.get(name)]
        if said.get("step") != YEARS and any(is_yearly(one) for one in chosen):
            self.add_error("step", _("An indicator that is counted once a year is looked at by the year."))
        return said

    @property
    def choice(self) -> Choice:
        """Return what was chosen; of one library neither the district nor the level is asked."""
        said = self.cleaned_data
        codes = dict.fromkeys(said[name] for name in FIGURES if said[name])
        library = said["library"]
        months = [code for code, __ in reversed(self.fields["last"].choices)]  # type: ignore[attr-defined]  # as above
        # Whole years, as far as there are months.
        by_year, first, last = said["step"] == YEARS, said["first"], said["last"]
        if by_year:
            first, last = f"{first[:4]}-01", f"{last[:4]}-12"
        return Choice(
            figures=[self.known[code] for code in codes],
            months=[code for code in months if first <= code <= last],
            district=None if library else self.places.get(said["district"]),
            library=library,
            level="" if library else said["level"],
            kind="" if library else said["kind"],
            peers=said["peers"] if library and not by_year else "",
            formulas=self.formulas,
            periods=[one for one in self.stored if first <= one.code <= last],
            stored=self.periods,
            dictionaries=self.dictionaries,
            by_year=by_year,
        )


class SaveForm(TokenForm):
    """Ask under which name a view is kept; what is looked at comes along."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=QUERY_LENGTH)


def _months(stored: list[Period]) -> list[str]:
    """Return every month that is over since the first of which anything is stored, the last first; a year at least."""
    last = month_due()
    year_ago = month_before(last, MONTHS - 1)
    first = min([year_ago, *(one.code for one in stored[:1])])
    months = [last]
    while months[-1] > first:
        months.append(month_before(months[-1]))
    return months


def _figures(dictionaries: Dictionaries, formulas: list[Formula]) -> list[Figure]:
    """Return what is reported, and what is reckoned from what is reported by the month alone."""
    indicators = list(dictionaries.in_use)
    codes = {one.code for one in indicators if not one.is_yearly}
    expressions = {one.code: one.expression for one in formulas}
    return [*indicators, *(one for one in formulas if _is_of(one.code, expressions, codes))]


def _is_of(code: str, expressions: dict[str, str], codes: set[str]) -> bool:
    try:
        return codes.issuperset(codes_below(code, expressions))
    except BadFormulaError:
        return False


def _grouped(figures: Any) -> list[Any]:
    figures = list(figures)
    yearly = [(one.code, one.title) for one in figures if is_yearly(one)]
    reported = [(one.code, one.title) for one in figures if isinstance(one, Indicator) and not is_yearly(one)]
    reckoned = [(one.code, one.title) for one in figures if isinstance(one, Formula)]
    groups = ((_("Reported"), reported), (_("Once a year"), yearly), (_("Reckoned"), reckoned))
    return [group for group in groups if group[1]] if yearly or reckoned else reported
