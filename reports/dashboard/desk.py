"""Gather what the dashboard shows, in a number of queries that does not grow with the libraries."""

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils import timezone

from committee.meetings.models import MEETINGS_A_YEAR, Meeting
from fsul_portal.access.rules import holds
from members.divisions.models import title_at
from members.indicators.models import Indicator
from members.libraries.models import Spell
from members.libraries.rules import oversees
from members.periods.models import Period, month_due, period_named
from members.returns.due.completeness import completeness, completeness_by_sums
from members.returns.due.days import deadline, is_past_due
from members.returns.due.lists import ALL
from members.returns.due.scope import Scope
from members.returns.models import RECEIVED, Return
from reports.dashboard.figures import coverage
from reports.documents.awaited import totals_told_apart
from reports.documents.figures import compared
from reports.editions.models import Edition


class Place(NamedTuple):
    """A district as the office orders them."""

    sort: int
    code: str
    name: str


def network_today(scope: Scope) -> dict[str, Any]:
    """Return how many libraries there are today by level, and by district in the office's order.

    rows: the districts where the scope is the whole system, else nothing, since one district is one bar.
    """
    spells = Spell.objects.as_of()
    if scope.libraries is not None:
        spells = spells.filter(library__in=scope.libraries)
    by_level, by_district = Counter[str](), Counter[Place]()
    places = ("district__sort", "district__code", title_at("district"))
    for level, *place, count in spells.order_by().values_list("level", *places).annotate(count=Count("pk")):
        by_level[level] += count
        by_district[Place(*place)] += count
    total = sum(by_level.values())
    return {
        "total": total,
        "levels": [(level.label, by_level[level.value]) for level in Spell.Level],
        "districts": [] if scope.libraries is not None else _by_district(by_district, total),
        "url": _listed(scope.district.code if scope.district else ""),
    }


def _by_district(counts: Counter[Place], total: int) -> list[dict[str, Any]]:
    return [
        {"label": place.name, "value": counts[place], "total": max(total, 1), "url": _listed(place.code)}
        for place in sorted(counts)
    ]


def _listed(district: str) -> str:
    return reverse("members:library-list") + (f"?district={district}" if district else "")


def returns_of(scope: Scope, period: Period | None = None) -> dict[str, Any] | None:
    """Return how many returns of the month that is collected now came in, for those who may read it (6.2.1 j)."""
    if scope.is_empty or scope.library:
        return None
    period = period or period_named(month_due())
    known = completeness_by_sums([period]) if scope.libraries is None and period.pk else None
    counts = known[period.code] if known else completeness(period, scope.libraries)
    return {
        "code": period.code,
        "counts": counts,
        "due_on": deadline(period).day,
        "is_due": counts.is_over,
        "url": f"{reverse('returns:return-list')}?tab={ALL}&period={period.code}",
    }


def own_return(scope: Scope, period: Period | None = None) -> dict[str, Any] | None:
    """Return how the one library of a person stands with the month that is collected now (6.2.1 j)."""
    if scope.library is None:
        return None
    period = period or period_named(month_due())
    one = Return.objects.filter(library=scope.library, period__code=period.code).select_related("period").first()
    edit = reverse("returns:return-edit", args=[scope.library.code, period.code])
    in_hand = one is None or one.state not in RECEIVED
    return {
        "code": period.code,
        "state": one.get_state_display() if one else None,
        "in_hand": in_hand and not period.is_locked,
        "due_on": deadline(period).day,
        "is_due": in_hand and is_past_due(period),
        "url": edit if one is None else one.get_absolute_url(),
    }


def meetings_of_year(user):
    """Return the state of the duty to meet, for those who may read of it (7.1)."""
    if not (oversees(user) or holds(user, "committee.keep_meetings")):
        return None
    year = timezone.localdate().year
    meetings = Meeting.objects.of_committee().of_year(year)
    return {
        "year": year,
        "counting": meetings.counting().count(),
        "due": MEETINGS_A_YEAR,
    }


def latest_figures(user):
    """Return the key figures of the newest monthly report that this person may read."""
    editions = Edition.objects.visible_to(user).filter(kind=Edition.Kind.MONTHLY)
    # A snapshot of many libraries is large; the system's cells are a small part of it.
    edition: Any = editions.defer("snapshot").annotate(system=KeyTransform("system", "snapshot")).first()
    if edition is None:
        return None
    names = {indicator.code: indicator for indicator in Indicator.objects.all()}
    shown = ("V01", "L01", "R01", "E01")
    cells = {code: cell for code, cell in edition.system.items() if code in shown}
    if any(cell["value"] is None for cell in cells.values()):
        # Only then one asks whether the day of all who lack was over: the gaps of many libraries are many.
        gaps = editions.annotate(gaps=KeyTransform("missing", "snapshot")).values_list("gaps", flat=True)
        cells = totals_told_apart(cells, gaps.get(pk=edition.pk))
    return {
        "edition": edition,
        "rows": [
            (names[code], cells[code], coverage(cells[code]), *compared(cells[code], "last_year"))
            for code in shown
            if code in cells and code in names
        ],
    }
