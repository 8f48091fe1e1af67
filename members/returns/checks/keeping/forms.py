"""Take a check: what it looks at, with which limits, from which month on, and on which month it is tried (6.2.1 j)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.templatetags.figures import period as in_words
from members.indicators.forms import offer_months
from members.indicators.models import Indicator
from members.periods.models import month_before, month_due, this_month
from members.returns.checks.history import MONTHS_BEFORE
from members.returns.checks.keeping.rules import objection
from members.returns.checks.models import CheckRow

MONTHS_TRIED = 24
SAID = ("codes", "limit", "base", "share", "months", "blocks", "is_on", "since")
CODE = re.compile(r"[+-]?[A-Z]\d{2}")


class CheckForm(forms.Form):
    """Hold the wishes for one check; that of a kept one has its kind already."""

    kind = forms.ChoiceField(label=gettext_lazy("What it looks for"), choices=CheckRow.Kind.choices)
    codes = forms.CharField(
        label=gettext_lazy("Codes of the indicators"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Their codes, the part before the whole, the stock before what changes it, such as “R04 +R01 -R03”."
        ),
    )
    limit = forms.FloatField(
        label=gettext_lazy("Limit"),
        required=False,
        min_value=0,
        help_text=gettext_lazy(
            "Of a swing a share, such as 0.5; of a ratio how many times; of days how many; of what is usual how many "
            "times its spread, such as 4."
        ),
    )
    base = forms.IntegerField(label=gettext_lazy("From which figure on"), required=False, min_value=0)
    share = forms.FloatField(
        label=gettext_lazy("Least variation, as a share"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=gettext_lazy("Of what is usual: by so much figures vary everywhere, such as 0.1."),
    )
    months = forms.IntegerField(
        label=gettext_lazy("Months of history"),
        required=False,
        min_value=1,
        max_value=MONTHS_BEFORE,
        help_text=gettext_lazy("What is usual is asked from so many months on, a swing until then."),
    )
    blocks = forms.BooleanField(label=gettext_lazy("What it finds keeps the return back"), required=False)
    is_on = forms.BooleanField(label=gettext_lazy("Switched on"), required=False)
    since = forms.ChoiceField(label=gettext_lazy("From the month on"))
    month = forms.ChoiceField(label=gettext_lazy("Try it on"), required=False)

    def __init__(self, stored: CheckRow | None, data: Any = None) -> None:
        self.stored = stored
        super().__init__(data, initial=self._as_kept() if stored else {"is_on": True})
        if stored:
            del self.fields["kind"]
        offer_months(self, "since", this_month())
        tried = [month_before(month_due(), back) for back in range(MONTHS_TRIED)]
        self.fields["month"].choices = [(code, in_words(code)) for code in tried]  # type: ignore[attr-defined]

    def _as_kept(self) -> dict[str, Any]:
        assert self.stored
        names = ("limit", "base", "share", "months", "blocks", "is_on")
        return {name: getattr(self.stored, name) for name in names} | {"codes": " ".join(self.stored.codes)}

    def clean_codes(self) -> list[str]:
        """Read codes between blanks or commas; each is one of the dictionary."""
        said = re.split(r"[\s,，、]+", self.cleaned_data["codes"].strip())
        codes = [one.upper() for one in said if one]
        known = set(Indicator.objects.values_list("code", flat=True))
        unknown = [one for one in codes if not CODE.fullmatch(one) or one.lstrip("+-") not in known]
        if unknown:
            raise ValidationError(_("The dictionary knows no %(codes)s.") % {"codes": ", ".join(unknown)})
        return codes

    def clean(self) -> dict[str, Any]:
        if not self.errors and (sentence := objection(self.row())):
            self.add_error("codes", sentence)
        return self.cleaned_data

    def row(self) -> CheckRow:
        """Return the check as it would be kept."""
        said = {name: self.cleaned_data[name] for name in SAID}
        kind = self.stored.kind if self.stored else self.cleaned_data["kind"]
        slot = self.stored.slot if self.stored else slugify(f"{kind} {' '.join(said['codes'])}")[:40]
        return CheckRow(slot=slot, kind=kind, most=self.stored.most if self.stored else {}, **said)
