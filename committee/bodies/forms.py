"""Ask for the quorum of a body and for the plan of its year (6.2.1 b)."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.bodies.models import Body
from committee.meetings.rolls.quorum import RULES, default_rule
from fsul_portal.acts.forms import NoteForm, VersionForm
from fsul_portal.lives.forms import long_text

LONGEST_SUBJECT, MOST_LINES = 200, 60
# 2026-03-15, 2026/3/15, 3月15日, 3-15, 2026年3月15日
DAY = re.compile(r"^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?(?:[\s,，:：;；、]+|$)(.*)$")


class QuorumForm(NoteForm):
    """Choose the rules by which a body has a quorum."""

    field_order = ("heads", "units", "note")

    heads = forms.ChoiceField(label=gettext_lazy("Of the people with a vote"), required=False)
    units = forms.ChoiceField(label=gettext_lazy("Of their units"), required=False)

    fields: dict[str, Any]

    def __init__(self, thing: Body, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"heads": thing.heads, "units": thing.units} | (initial or {}))
        for name, usual in zip(("heads", "units"), default_rule(), strict=True):
            as_usual = _("as for all bodies: %(rule)s") % {"rule": RULES[usual].title}
            self.fields[name].choices = [("", as_usual), *((key, rule.title) for key, rule in RULES.items())]


class VolumeForm(VersionForm):
    """Choose the year whose minutes are bound."""

    fields: dict[str, Any]

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, thing: Body, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial=initial)
        final = thing.meetings.filter(state="minuted").order_by()
        years = sorted(set(final.values_list("year", flat=True)), reverse=True)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class PlanForm(VersionForm):
    """Take the plan of this year and the next as people type or paste it, a line a meeting."""

    lines = long_text(
        gettext_lazy("Planned meetings"),
        rows=10,
        longest=20_000,
        required=False,
        help_text=gettext_lazy("One meeting on each line: its day, a blank, and what it is about, as in “3-15 Plan”."),
    )

    def __init__(self, thing: Body, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        lines = "\n".join(f"{one.day} {one.subject}".strip() for one in thing.planned.from_this_year())
        super().__init__(thing, data, initial={"lines": lines} | (initial or {}))

    def clean_lines(self) -> list[tuple[date, str]]:
        return lines_of(self.cleaned_data["lines"])


def lines_of(text: str) -> list[tuple[date, str]]:
    """Return the day and the subject of each line; a day without a year belongs to this one."""
    found, year = [], timezone.localdate().year
    for number, typed in enumerate((line.strip() for line in text.splitlines()), start=1):
        if not typed:
            continue
        told = {"line": number, "text": typed[:40]}
        known = DAY.match(typed)
        if not known:
            raise ValidationError(_("Line %(line)s does not begin with a day: %(text)s") % told)
        try:
            day = date(int(known[1] or year), int(known[2]), int(known[3]))
        except ValueError as problem:
            raise ValidationError(_("Line %(line)s: there is no such day: %(text)s") % told) from problem
        found.append((day, known[4].strip()[:LONGEST_SUBJECT]))
    if len(found) > MOST_LINES:
        raise ValidationError(_("A plan has at most %(count)s meetings.") % {"count": MOST_LINES})
    return found
