"""Ask the office for the stages of a way; what may be chosen comes from the kind's closed lists."""

from itertools import count
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.approvals.kinds import MatterKind, Seat
from fsul_portal.approvals.ways.models import WORDS, WayStage

STAGES_AT_MOST, SPARE_LINES = 9, 2

if TYPE_CHECKING:
    FormOfStage = forms.ModelForm[WayStage]
    FormsOfStages = BaseFormSet["StageForm"]
else:
    FormOfStage, FormsOfStages = forms.ModelForm, BaseFormSet


class StageForm(FormOfStage):
    """One stage; a line without a title is left out."""

    fields: dict[str, Any]

    title_zh = forms.CharField(label=gettext_lazy("title (Chinese)"), max_length=60, required=False)
    seat_zh = forms.CharField(
        label=gettext_lazy("who answers (Chinese)"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Left empty, the seat is called as in the list."),
    )
    verb_zh = forms.CharField(label=gettext_lazy("word on the button (Chinese)"), max_length=20, required=False)
    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)
    place = forms.ChoiceField(label=gettext_lazy("seat"))
    condition = forms.ChoiceField(label=gettext_lazy("condition"), required=False)

    class Meta:
        model = WayStage
        fields = (
            *("key", "title_zh", "title_en", "step", "place", "seat_zh", "seat_en", "verb_zh", "verb_en"),
            *("days", "needed", "condition", "by_decision"),
        )

    def __init__(self, *args: Any, kind: MatterKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["step"].initial = 1
        self.fields["place"].choices = [(key, seat.title) for key, seat in kind.seats.items()]
        always = ("", _("always"))
        self.fields["condition"].choices = [always, *((key, one.title) for key, one in kind.conditions.items())]

    def has_changed(self) -> bool:
        """Say of a line with a title that it is a stage, even where it says what the way says by now."""
        return super().has_changed() or bool(self["title_zh"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title_zh") and any(cleaned.get(word) for word in WORDS):
            self.add_error("title_zh", _("A stage has a title; to take it away, clear the whole line."))
        if cleaned.get("title_zh") and not cleaned.get("verb_zh"):
            self.add_error("verb_zh", _("Say what stands on the button."))
        if cleaned.get("by_decision") and cleaned.get("needed", 1) > 1:
            self.add_error("needed", _("A decision is taken once."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the stage as `edit_way` takes it; empty words of the seat are those of the list."""
        facts = {field: self.cleaned_data[field] for field in self.Meta.fields}
        if not facts["seat_zh"]:
            facts |= {
                word: facts[word] or said for word, said in _words_of_seat(self.kind.seats[facts["place"]]).items()
            }
        return facts


def _words_of_seat(seat: Seat) -> dict[str, str]:
    words = {}
    for end, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            words[f"seat_{end}"] = str(seat.title)
    return words


class BaseStages(FormsOfStages):
    def clean(self) -> None:
        if any(self.errors):
            return
        stages = [form.cleaned_data for form in self._filled()]
        if all(stage["condition"] for stage in stages):
            raise ValidationError(_("At least one stage is asked always; nothing is accepted by nobody."))

    def stages(self) -> list[dict[str, Any]]:
        """Return the stages with keys that stay what they are, new ones with a key of their own.

        A key comes back from the page, where it may be copied or forged: it counts once, and only if the way has it.
        """
        known = {stage["key"] for stage in self.initial or []}
        found: list[dict[str, Any]] = []
        taken: set[str] = set()
        for form in self._filled():
            facts = form.facts()
            if facts["key"] not in known - taken:
                facts["key"] = _free_key(facts, known | taken)
            taken.add(facts["key"])
            found.append(facts)
        return sorted(found, key=lambda facts: facts["step"])

    def _filled(self) -> list[StageForm]:
        return [form for form in self.forms if form.cleaned_data.get("title_zh")]


def _free_key(facts: dict[str, Any], taken: set[str]) -> str:
    names = (f"{facts['place']}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


StageFormSet = formset_factory(
    StageForm,
    formset=BaseStages,
    extra=SPARE_LINES,
    max_num=STAGES_AT_MOST,
    absolute_max=STAGES_AT_MOST + SPARE_LINES,
    validate_max=True,
)


class EditionForm(forms.Form):
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
