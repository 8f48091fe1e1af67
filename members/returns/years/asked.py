"""Know what is asked of a whole year beside its months: the figures that are counted once a year (6.2.1 j)."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from members.indicators.models import Indicator
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period
from members.returns.models import Return


def yearly_asked(period: Period) -> list[Indicator]:
    """Return the yearly indicators that somebody is asked for in a year; of a month there are none."""
    if not period.is_year:
        return []
    day = period.last_day
    return [one for one in Dictionaries().at(period) if one.is_yearly and one.is_asked(day, None, is_year=True)]


def levels_of(yearly: Iterable[Indicator]) -> set[str] | None:
    """Return the levels that are asked for some of these; None where every level is."""
    asked = [set(one.asked_of) for one in yearly]
    return None if not all(asked) else set().union(*asked)


def yearly_codes() -> set[str]:
    """Return the codes of all that is counted once a year."""
    return set(Indicator.objects.filter(frequency=Indicator.Frequency.YEAR).values_list("code", flat=True))


def stands_for_months(figures: Iterable[str], yearly: Collection[str]) -> bool:
    """Say whether the return of a year says something of its months; then these have none of their own."""
    return any(code not in yearly for code in figures)


def of_months(year: Period) -> QuerySet[Return]:
    """Return the returns of the months of a year."""
    return Return.objects.filter(period__code__startswith=f"{year.code}-")


def by_the_month(year: Period, libraries: Collection[int] | None = None) -> set[int]:
    """Return the keys of the libraries that have months in a year, of some or of all."""
    returns = of_months(year) if libraries is None else of_months(year).filter(library__in=libraries)
    return set(returns.order_by().values_list("library_id", flat=True).distinct())
