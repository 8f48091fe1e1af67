"""Count the libraries of each district and town on a day."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from members.libraries.models import Division, Spell


@dataclass
class Area:
    """A division and what stands in it on a day."""

    division: Division
    counts: dict[str, int] = field(default_factory=dict)
    towns: list["Area"] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def by_level(self) -> list[int]:
        return [self.counts.get(level, 0) for level in Spell.Level]

    @property
    def has_branch(self) -> bool:
        return self.counts.get(Spell.Level.BRANCH, 0) > 0

    @property
    def covered(self) -> int:
        return sum(town.has_branch for town in self.towns)


def districts_on(day: date) -> list[Area]:
    """Return the city and its districts in the office's order, each with its towns (6.2.1 d)."""
    by_district, by_town = counted(day, "district"), counted(day, "town")
    areas = []
    divisions = list(Division.objects.order_by("sort", "code"))
    for division in divisions:
        if division.level == Division.Level.TOWN:
            continue
        area = Area(division, by_district.get(division.pk, {}))
        towns = [one for one in divisions if one.parent_id == division.pk and one.level == Division.Level.TOWN]
        area.towns = [Area(town, by_town.get(town.pk, {})) for town in towns]
        if area.towns or area.total:
            areas.append(area)
    return areas


def counted(day: date, place: str) -> dict[int, dict[str, int]]:
    """Count the libraries by level for each division of a kind."""
    counts: dict[int, dict[str, int]] = {}
    for division, level, number in (
        Spell.objects.as_of(day).values_list(place, "level").annotate(Count("pk")).order_by()
    ):
        counts.setdefault(division, {})[level] = number
    return counts
