"""Gather the months of one indicator for a small chart: of the system, of a district, or of one library."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils.translation import gettext as _

from fsul_portal.pages.charts import Point
from fsul_portal.templatetags.figures import chinese, period, written
from fsul_portal.users import User
from members.indicators.models import Indicator
from members.periods.models import month_before, month_due
from members.returns.due.scope import WHOLE, Scope
from members.returns.models import Return
from reports.editions.models import Edition

# What a reader looks at first: visits (N01 of a library may be nothing, visits never are).
SHOWN = "V01"
# A year and the same month before it.
MONTHS = 13


def months_shown() -> list[str]:
    """Return the codes of the months of the chart, the earliest first; the last one is that which is collected now."""
    return [month_before(month_due(), back) for back in reversed(range(MONTHS))]


def chart_of(user: User, scope: Scope) -> dict[str, Any]:
    """Return the indicator and its points: from the returns of one library, else from the reports that he may read.

    of: of what they speak; reports know districts and the whole, so whoever has several places reads the whole.
    """
    points = _of_library(scope) if scope.library else _of_editions(user, scope)
    by_month = {point_month: point for point_month, point in points}
    known = [by_month.get(month) or _point(month, None) for month in months_shown()]
    indicator, of = Indicator.objects.filter(code=SHOWN).first(), scope if scope.library or scope.district else None
    return {"indicator": indicator, "points": known, "has_any": bool(by_month), "of": of.words if of else str(WHOLE)}


def _of_library(scope: Scope) -> Iterable[tuple[str, Point]]:
    """Give what the library itself handed in; what nobody has accepted yet is hollow."""
    returns = Return.objects.received().filter(library=scope.library, period__code__in=months_shown())
    for one in returns.select_related("period"):
        value = one.figures.get(SHOWN)
        if isinstance(value, int | float):
            month, accepted = one.period.code, one.state == Return.State.ACCEPTED
            note = "" if accepted else str(one.get_state_display())
            yield month, _point(month, value, note, accepted, one.get_absolute_url())


def _of_editions(user: User, scope: Scope) -> Iterable[tuple[str, Point]]:
    """Give the newest report of each month; what is provisional, or where somebody is missing, is hollow."""
    editions = Edition.objects.visible_to(user).filter(kind=Edition.Kind.MONTHLY, period__in=months_shown())
    # Not by the district's code too: a path of JSON takes what looks like a number for a place in a list.
    table = KeyTransform("districts" if scope.district else "system", "snapshot")
    rows = editions.annotate(cells=table).order_by("period", "number")
    for key, month, provisional, cells in rows.values_list("pk", "period", "provisional", "cells"):
        cell = (cells.get(scope.district.code, {}) if scope.district else cells).get(SHOWN)
        if cell and cell.get("value") is not None:
            whole = bool(cell.get("complete")) and not provisional
            yield month, _point(month, cell["value"], coverage(cell), whole, _address(key))


def coverage(cell: dict[str, Any]) -> str:
    """Say in words over how many of the libraries that are expected a total is; nothing where it does not say so."""
    if "expected" not in cell:
        return ""
    words = {"reported": written(cell["reported"]), "expected": written(cell["expected"])}
    return _("%(reported)s of %(expected)s libraries") % words


def _address(pk: int) -> str:
    return reverse("reports:edition-detail", args=[pk])


def _point(month: str, value: Any, note: str = "", whole: bool = True, url: str = "") -> Point:
    """Return the point of a month; the year stands under January, and where the chart begins."""
    year, number = month.split("-")
    tick = f"{int(number)}月" if chinese() else f"{date(int(year), int(number), 1):%b}"
    begins = number == "01" or month == months_shown()[0]
    return Point(period(month), value, note, whole, url, tick, year if begins else "")
