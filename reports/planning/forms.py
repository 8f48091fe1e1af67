"""Ask what the report of a year is to be (6.1 d)."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.indicators.versions.models import DictionaryVersion
from members.people.models import User
from reports.planning.models import PlanPart, ReportPlan

BETWEEN = re.compile(r"\s*[,，、;；\t]\s*")
MOST_PARTS = 60


class PlanForm(forms.Form):
    """Outline, dictionary, and a line for each part: what, who, until when."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    outline = forms.CharField(
        label=gettext_lazy("Outline"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    dictionary = forms.ModelChoiceField(
        label=gettext_lazy("Version of the dictionary"), queryset=DictionaryVersion.objects.defer("content")
    )
    parts = forms.CharField(
        label=gettext_lazy("Who writes what until when"),
        help_text=gettext_lazy("One part on each line: title, full name or account, day (2027-01-31)."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )

    def __init__(self, plan: ReportPlan | None, data: Any = None) -> None:
        facts: dict[str, Any] = {"version": 0, "dictionary": DictionaryVersion.objects.defer("content").first()}
        if plan:
            facts = {"version": plan.version, "outline": plan.outline, "dictionary": plan.dictionary_id}
            facts["parts"] = "\n".join(_line(part) for part in plan.parts.select_related("writer"))
        super().__init__(data, initial=facts)

    def clean_parts(self) -> list[tuple[str, User, date]]:
        lines = [line for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if len(lines) > MOST_PARTS:
            raise ValidationError(_("A plan has %(most)s parts at most.") % {"most": MOST_PARTS})
        parts = [_part(line.strip()) for line in lines]
        if len({title for title, *_rest in parts}) < len(parts):
            raise ValidationError(_("A part stands there twice."))
        return sorted(parts, key=lambda part: part[2])


def _line(part: PlanPart) -> str:
    return f"{part.title}, {part.writer.get_username()}, {part.due_on:%Y-%m-%d}"


def _part(line: str) -> tuple[str, User, date]:
    """Read one line, or say what is wrong with it."""
    told = BETWEEN.split(line)
    if len(told) < 3:
        raise ValidationError(_("“%(line)s” lacks a title, a name or a day.") % {"line": line})
    title, name, day = "，".join(told[:-2])[:100], told[-2], _day(told[-1])
    if day is None:
        raise ValidationError(_("“%(line)s” does not end with a day such as 2027-01-31.") % {"line": line})
    known = User.objects.filter(is_active=True)
    found = list(known.filter(username=name) or known.filter(name=name)[:2])
    if len(found) != 1:
        sentence = _("“%(name)s” is several people; type the account.") if found else _("Nobody is called “%(name)s”.")
        raise ValidationError(sentence % {"name": name})
    return title, found[0], day


def _day(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None
