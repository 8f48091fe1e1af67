"""Ask when and whom the portal warns of too few meetings (7.1)."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import MEETINGS_A_YEAR
from committee.meetings.thresholds.models import WARNABLE, Threshold
from fsul_portal.access.roles import ROLES

# A year that has no 29th of February: a warning day comes every year.
ANY_YEAR = 2027
LINE = re.compile(r"^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\s,，:：]+(\d{1,2})$")


class ThresholdForm(forms.Form):
    """Hold the numbers of the duty; the standard's two meetings are the least (7.1)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    meetings_a_year = forms.IntegerField(label=gettext_lazy("Meetings a year"), min_value=MEETINGS_A_YEAR, max_value=12)
    warnings = forms.CharField(
        label=gettext_lazy("Warning days"),
        help_text=gettext_lazy("One on each line: month, day and how many meetings should count by then: 06-30 1"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
    forecast_days = forms.IntegerField(
        label=gettext_lazy("Days of forecast before a warning day"), min_value=1, max_value=120
    )
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Who is warned"),
        choices=lambda: [(role, ROLES[role].title) for role in WARNABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    escalate_after = forms.IntegerField(
        label=gettext_lazy("Working days after a warning until the chair is asked for a date"),
        min_value=1,
        max_value=60,
    )

    def __init__(self, row: Threshold, data: Any = None) -> None:
        facts = {name: getattr(row, name) for name in ("meetings_a_year", "forecast_days", "recipients")}
        lines = "\n".join(f"{month:02}-{day:02} {due}" for month, day, due in sorted(row.warnings))
        more = {"warnings": lines, "escalate_after": row.escalate_after, "seen": row.pk or 0}
        super().__init__(data, initial=facts | more)

    def clean_warnings(self) -> list[list[int]]:
        """Read the days; each is a day of every year, and none stands there twice."""
        found = [_warning(line) for line in self.cleaned_data["warnings"].splitlines() if line.strip()]
        days = [tuple(one[:2]) for one in found]
        if len(set(days)) < len(days):
            raise ValidationError(_("A warning day stands there twice."))
        return sorted(found)

    def clean(self) -> dict[str, Any]:
        """No warning day asks for more meetings than the year."""
        cleaned: dict[str, Any] = super().clean() or {}
        most = cleaned.get("meetings_a_year")
        if most and any(due > most for *_day, due in cleaned.get("warnings", ())):
            self.add_error("warnings", _("No warning day asks for more meetings than are due in the year."))
        return cleaned


def _warning(line: str) -> list[int]:
    found = LINE.match(line.strip())
    if not found:
        raise ValidationError(_("“%(line)s” is no warning day; write it like 06-30 1.") % {"line": line.strip()})
    month, day, due = (int(one) for one in found.groups())
    try:
        date(ANY_YEAR, month, day)
    except ValueError as problem:
        raise ValidationError(_("“%(line)s” is no day of every year.") % {"line": line.strip()}) from problem
    if not due:
        raise ValidationError(_("“%(line)s” asks for no meeting.") % {"line": line.strip()})
    return [month, day, due]
