"""Reckon how a library, or those of a level or kind, moved: by the one function that compares totals (6.1 d)."""

from typing import Any

from members.indicators.models import Indicator
from members.libraries.models import Spell, overlaps
from members.periods.models import month_before, months_of, period_days
from reports.editions.figures.comparison import change_between
from reports.editions.figures.groups import KnownGroup, Stretch
from reports.editions.figures.spans import Span, year_before
from reports.explorer.choices import Choice

# So many returns are read, compared and shown while somebody waits; what is more, the reports compare.
MOST_RETURNS = 3_000
MOST_STEPS = 37


class ReckonedChanges:
    """The periods of a choice, read from what is accepted now, and those before them."""

    def __init__(self, choice: Choice, keys: list[int]) -> None:
        self._by_year, self._spans = choice.by_year, dict[tuple[str, int | None], Span]()
        condition, library = _condition(choice), choice.library

        def belongs(spell: Spell) -> bool:
            if library:
                return spell.library_id == library.pk
            return all(getattr(spell, name) == value for name, value in condition.items())

        self._group = KnownGroup(Stretch(_months(choice), choice.stored), keys, belongs)

    def of(self, code: str, indicator: Indicator, name: str) -> dict[str, Any] | None:
        """Return how an indicator moved; None of a period of which nothing is over."""
        now = self._span(code)
        if now.end is None:
            return None
        over = len(now.over)
        before = month_before(code) if name == "last_period" else year_before(code)
        # A year that is not over stands beside the same months of the year before.
        first_months = over if self._by_year and over < len(now.months) else None
        return change_between(now, self._span(before, first_months), indicator)

    def _span(self, code: str, months: int | None = None) -> Span:
        if (code, months) not in self._spans:
            self._spans[code, months] = self._group.span(code, months)
        return self._spans[code, months]


def libraries_of(choice: Choice) -> list[int] | None:
    """Return the keys of all who stood in the group of a choice some time; None where they are too many to compare."""
    months = _months(choice)
    if len(choice.steps) > MOST_STEPS:
        return None
    if choice.library:
        return [choice.library.pk]
    days = period_days(months[0])[0], period_days(months[-1])[1]
    spells = Spell.objects.filter(overlaps(*days), **_condition(choice))
    most = MOST_RETURNS // len(months)
    # In the order of an index, so that nobody reads more of many than are wanted.
    keys = list(spells.order_by("library_id").values_list("library_id", flat=True).distinct()[: most + 1])
    return keys if len(keys) <= most else None


def _condition(choice: Choice) -> dict[str, Any]:
    """Return what a spell has to say for its library to belong to the group; nothing for the whole system."""
    wanted = {
        "district_id": choice.district.pk if choice.district else "",
        "level": choice.level,
        "kind": choice.kind,
    }
    return {name: value for name, value in wanted.items() if value}


def _months(choice: Choice) -> list[str]:
    """Return every month that is read: those of a year before the first one too."""
    first, last = choice.steps[0], choice.steps[-1]
    if choice.by_year:
        return [month for year in range(int(first) - 1, int(last) + 1) for month in months_of(str(year))]
    months = [last]
    while months[-1] > month_before(first, 12):
        months.append(month_before(months[-1]))
    return months[::-1]
