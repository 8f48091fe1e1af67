"""Freeze what formulas need beside the figures of libraries: themselves, and how many people live where (6.1 d)."""

from typing import Any

from members.divisions.models import Division
from members.indicators.population.models import Population
from members.indicators.versions.actions import stated
from members.indicators.versions.reading import Dictionaries
from members.periods.models import Period


def reckoning(dictionaries: Dictionaries, period: Period) -> dict[str, Any]:
    """Return the formulas of a period, and the population of its year; no year stands for another (6.1 d).

    population: {"year", "people": {"" for the city, code of a district: people}, "sources": [what says so]}.
    """
    known = Population.objects.filter(year=period.year).select_related("division")
    cities_and_districts = known.filter(division__level__in=[Division.Level.CITY, Division.Level.DISTRICT])
    people = {_place(one.division): one.people for one in cities_and_districts}
    return {
        "formulas": [stated(one) for one in dictionaries.formulas_at(period)],
        "population": {
            "year": period.year,
            "people": dict(sorted(people.items())),
            "sources": sorted({one.source for one in cities_and_districts}),
        },
    }


def _place(division: Division) -> str:
    """Return the key of a place: the city is the whole, although its own library stands in no district."""
    return "" if division.level == Division.Level.CITY else division.code
