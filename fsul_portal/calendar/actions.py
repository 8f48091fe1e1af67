"""Set the holidays and working weekends of a year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import chinese_calendar
from django.db import transaction
from django.utils import timezone

from fsul_portal.calendar.days import forget
from fsul_portal.calendar.models import CalendarYear, SpecialDay
from fsul_portal.calendar.rules import may_keep_calendar
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require

HOLIDAY, WORKING = SpecialDay.Kind.HOLIDAY, SpecialDay.Kind.WORKING
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利日",
}


class Named(NamedTuple):
    """One line of the calendar."""

    day: date
    kind: str
    name: str


@transaction.atomic
def set_days(days: list[Named], *, by: User) -> list[CalendarYear]:
    """Put these days in the place of all that were known of their years; return the years."""
    require(may_keep_calendar(by))
    return [_set_year(year, found, by) for year, found in sorted(_by_year(days).items())]


def load_published_days(since: int = 2004) -> int:
    """Load the years which the package of published holidays knows; a year that is here stays. Return how many came."""
    here = set(CalendarYear.objects.values_list("year", flat=True))
    published = _by_year(day for day in _published() if day.day.year >= since)
    fresh = {year: days for year, days in published.items() if year not in here}
    years = CalendarYear.objects.bulk_create(CalendarYear(year=year) for year in sorted(fresh))
    SpecialDay.objects.bulk_create(SpecialDay(year=year, **day._asdict()) for year in years for day in fresh[year.year])
    forget()
    return len(years)


def _set_year(year: int, days: list[Named], by: User) -> CalendarYear:
    known, __ = CalendarYear.objects.select_for_update().get_or_create(year=year)
    before = _written(known)
    known.days.all().delete()
    SpecialDay.objects.bulk_create(SpecialDay(year=known, **day._asdict()) for day in days)
    known.set_at, known.set_by = timezone.now(), by
    known.save(update_fields=["set_at", "set_by"])
    record(known, "calendar set", by=by, before={"days": before}, after={"days": _written(known)})
    forget()
    return known


def _written(year: CalendarYear) -> list[str]:
    return [f"{day:%Y-%m-%d} {kind} {name}" for day, kind, name in year.days.values_list("day", "kind", "name")]


def _published() -> Iterator[Named]:
    constants = chinese_calendar.constants
    for kind, days in ((HOLIDAY, constants.holidays), (WORKING, constants.workdays)):
        yield from (Named(day, kind, NAMES[name]) for day, name in days.items())


def _by_year(days: Iterable[Named]) -> dict[int, list[Named]]:
    years = defaultdict(list)
    for day in days:
        years[day.day.year].append(day)
    return years
