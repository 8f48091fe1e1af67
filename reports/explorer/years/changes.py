"""Say of each year how its figures moved against the year before, as its report has it (6.1 d).

The explorer reckons no rate: two totals are compared over the same libraries alone, which one function decides and a
report freezes (decision 32). Of levels, kinds and libraries, and where no report of the year is published, it says
nothing.
"""

from dataclasses import replace
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.users import User
from reports.documents.figures import NOT_APPLICABLE, comparison, moved, moved_text
from reports.editions.models import Edition
from reports.explorer.choices import Choice
from reports.explorer.series import Cell, Series


def with_changes(user: User, choice: Choice, series: list[Series]) -> list[Series]:
    """Return the series with the changes that the newest published report of each year says."""
    if choice.library or choice.is_narrowed:
        return series
    known = _reports(user, choice)
    return [Series(one.figure, [_changed(cell, one.figure.code, known) for cell in one.cells]) for one in series]


def _reports(user: User, choice: Choice) -> dict[str, tuple[int, dict[str, Any]]]:
    editions = Edition.objects.visible_to(user).filter(published_at__isnull=False, kind=Edition.Kind.ANNUAL)
    table = KeyTransform("districts" if choice.district else "system", "snapshot")
    rows = editions.filter(period__in=choice.steps).annotate(cells=table).order_by("period", "number")
    place = choice.district.code if choice.district else ""
    return {
        year: (key, cells.get(place, {}) if place else cells)
        for key, year, cells in rows.values_list("pk", "period", "cells")
    }


def _changed(cell: Cell, code: str, known: dict[str, tuple[int, dict[str, Any]]]) -> Cell:
    key, cells = known.get(cell.month, (0, {}))
    said = cells.get(code) or {"value": None, "change": None}
    change = moved_text(said, "last_year")
    if change == NOT_APPLICABLE:
        return cell
    words = {"change": change, "count": f"{comparison(said, 'last_year').get('libraries', 0):,}"}
    text = _("on the year before: %(change)s") % words
    if moved(said, "last_year") is not None and words["count"] != "0":
        text = _("on the year before: %(change)s, over the same %(count)s libraries") % words
    return replace(cell, change=text, change_url=reverse("reports:edition-read", args=[key]))
