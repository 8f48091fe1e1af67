"""Ask by which figure, and among whom, libraries are ranked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.documents.reading import Reading, level_names


class RankingForm(forms.Form):
    """Offer the figures of the report, its levels and districts; without a choice the first ones are shown."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    level = forms.ChoiceField(label=_("Level"))
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, reading: Reading, data: Any = None) -> None:
        super().__init__(data)
        there = {library["level"] for library in reading.snapshot["libraries_list"]}
        levels = [(level, name) for level, name in level_names().items() if level in there]
        choices = {
            "indicator": [(one.code, one.name) for one in reading.indicators],
            "level": levels,
            "district": [("", _("All")), *((place.code, place.name) for place in reading.districts)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
            # The many come first: where there are branches one asks for them.
            field.initial = offered[-1 if name == "level" else 0][0] if offered else ""

    @property
    def chosen(self) -> tuple[str, str, str] | None:
        """Return the indicator, the level and the district; None where somebody asks for what there is not."""
        if not self.is_bound:
            found = tuple(str(self.fields[name].initial) for name in ("indicator", "level", "district"))
            return found if found[0] and found[1] else None  # type: ignore[return-value]  # three of them
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return said["indicator"], said["level"], said["district"]
