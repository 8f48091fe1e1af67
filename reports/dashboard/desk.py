"""Gather what the dashboard shows, in a number of queries that does not grow with the libraries."""

from collections import Counter

from django.db.models import Count
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils import timezone

from committee.meetings.models import MEETINGS_A_YEAR, Meeting
from fsul_portal.access.rules import holds
from members.indicators.models import Indicator
from members.libraries.models import Division, Spell
from members.libraries.rules import oversees
from members.returns.models import Return
from reports.editions.models import Edition


def network_today():
    """Return how many libraries there are today by level, and by district in the office's order."""
    by_level, by_district = Counter[str](), Counter[int]()
    counted = Spell.objects.as_of().order_by().values_list("level", "district_id").annotate(count=Count("pk"))
    for level, district, count in counted:
        by_level[level] += count
        by_district[district] += count
    names = {division.pk: division for division in Division.objects.exclude(level=Division.Level.TOWN)}
    rows = sorted(((names[pk], count) for pk, count in by_district.items()), key=lambda row: row[0].sort)
    total = sum(by_level.values())
    return {
        "total": total,
        "levels": [(level.label, by_level[level.value]) for level in Spell.Level],
        "districts": [
            {
                "label": division.name,
                "value": count,
                "total": max(total, 1),
                "url": f"{reverse('members:library-list')}?district={division.code}",
            }
            for division, count in rows
        ],
    }


def returns_of(code):
    """Return how many returns of a month are in which state."""
    states = dict(Return.objects.filter(period__code=code).order_by().values_list("state").annotate(count=Count("pk")))
    accepted, submitted = states.get("accepted", 0), states.get("submitted", 0)
    return {
        "code": code,
        "accepted": accepted,
        "submitted": submitted,
        "received": accepted + submitted,
        "url": f"{reverse('returns:return-list')}?period={code}",
    }


def meetings_of_year(user):
    """Return the state of the duty to meet, for those who may read of it (7.1)."""
    if not (oversees(user) or holds(user, "committee.keep_meetings")):
        return None
    year = timezone.localdate().year
    meetings = Meeting.objects.of_year(year)
    return {
        "year": year,
        "counting": meetings.counting().count(),
        "due": MEETINGS_A_YEAR,
        "next": meetings.to_come(timezone.localdate()).order_by("starts_at").first(),
    }


def latest_figures(user):
    """Return the key figures of the newest monthly report that this person may read."""
    editions = Edition.objects.visible_to(user).filter(kind=Edition.Kind.MONTHLY)
    # A snapshot of many libraries is large; the system's cells are a small part of it.
    edition = editions.defer("snapshot").annotate(system=KeyTransform("system", "snapshot")).first()
    if edition is None:
        return None
    names = {indicator.code: indicator for indicator in Indicator.objects.all()}
    shown = ("V01", "L01", "R01", "E01")
    cells = edition.system
    return {
        "edition": edition,
        "rows": [(names[code], cells[code]) for code in shown if code in cells and code in names],
    }
