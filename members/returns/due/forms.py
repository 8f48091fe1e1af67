"""Ask from which month on returns are due by which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.templatetags.figures import period as in_words
from members.periods.models import month_before, this_month
from members.returns.due.days import rule_for
from members.returns.due.models import FIRST, LAST, DueRule

MONTHS_AHEAD = 24


class DueDayForm(forms.Form):
    """Choose the first month, the day and how it is counted."""

    since = forms.ChoiceField(label=_("From the month on"))
    day = forms.IntegerField(
        label=_("Day"),
        min_value=FIRST,
        max_value=LAST,
        help_text=_("The day of the month after, or the number of working days."),
    )
    district_day = forms.IntegerField(
        label=_("Districts have decided by"),
        min_value=FIRST,
        max_value=LAST,
        required=False,
        help_text=_("Counted in the same way, not before the day of the libraries; empty: as before."),
    )
    lock_day = forms.IntegerField(
        label=_("The office has locked by"),
        min_value=FIRST,
        max_value=LAST,
        required=False,
        help_text=_("Counted in the same way, not before the day of the districts; empty: as before."),
    )
    counting = forms.ChoiceField(label=_("Counted as"), choices=DueRule.Counting.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        codes = months_ahead(this_month())
        now = rule_for(codes[1])
        fields = ("day", "district_day", "lock_day", "counting")
        beginning = {"since": codes[1]} | {name: getattr(now, name) for name in fields}
        super().__init__(*args, **{"initial": beginning} | kwargs)
        self.fields["since"].choices = [(code, in_words(code)) for code in codes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One day after the other: libraries, districts, office."""
        days = [self.cleaned_data.get(name) for name in ("day", "district_day", "lock_day")]
        for name, earlier, later in (("district_day", *days[:2]), ("lock_day", *days[1:])):
            if earlier and later and later < earlier:
                self.add_error(name, _("It is not before the day that comes before it."))
        return self.cleaned_data


def months_ahead(first: str) -> list[str]:
    """Return the codes of the months for which a rule may be set, the one that runs first."""
    return [month_before(first, -number) for number in range(MONTHS_AHEAD)]
