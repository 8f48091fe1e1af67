"""Find what libraries of the same level, kind and size reported in the period before (6.2.1 j)."""

from collections import defaultdict
from functools import cached_property
from math import exp, log, log2
from typing import Any, NamedTuple

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from members.libraries.models import Spell
from members.periods.models import Period, period_days
from members.returns.checks.history import predecessors
from members.returns.models import RECEIVED

# So many libraries say what is usual among them; fewer say nothing, and more say nothing new.
FEWEST, MOST = 8, 300
TO_SIGMA = 1.4826
# Between libraries figures vary by half as much again at least.
LEAST_SPREAD = log(3 / 2)


class Others(NamedTuple):
    """What libraries like one have of a figure: the middle, what is plausible at most, among how many."""

    usual: int
    limit: int
    among: int


class Peers:
    """What others reported in the period before one; read in one query, once somebody asks."""

    def __init__(self, period: Period) -> None:
        self.code = predecessors(period.code)[0]
        self._found: dict[tuple[Any, ...], Others | None] = {}

    def others(self, level: str, kind: str, area: Any, code: str, spreads: float) -> Others | None:
        """Return what libraries of this level, kind and size have of a figure, None where they are too few."""
        key = level, kind, _size(area), code, spreads
        if key not in self._found:
            self._found[key] = self._reckoned(*key)
        return self._found[key]

    def _reckoned(self, level: str, kind: str, size: int | None, code: str, spreads: float) -> Others | None:
        alike = self._reported.get((level, kind), [])
        near = [figures for other, figures in alike if size is not None and other is not None and abs(other - size) < 2]
        for some in (near, [figures for __, figures in alike]):
            values = sorted(value for each in some if (value := each.get(code)).__class__ is int)
            if len(values) >= FEWEST:
                return _others(values, spreads)
        return None

    @cached_property
    def _reported(self) -> dict[tuple[str, str], list[tuple[int | None, dict[str, Any]]]]:
        """Read {(level, kind): [(size, figures), …]} of the period before, of some hundred libraries of each."""
        last_day = period_days(self.code)[1]
        place = Window(RowNumber(), partition_by=[F("level"), F("kind")], order_by=[F("library_id").asc()])
        reported = (
            Spell.objects.as_of(last_day)
            .filter(library__returns__period__code=self.code, library__returns__state__in=RECEIVED)
            .annotate(place=place)
            .filter(place__lte=MOST)
            .order_by()
            .values_list("level", "kind", "area", "library__returns__figures")
        )
        found = defaultdict(list)
        for level, kind, area, figures in reported:
            found[level, kind].append((_size(area), figures))
        return found


def _size(area: Any) -> int | None:
    """Return how often an area can be halved: libraries of one number or the next are of a size."""
    return round(log2(float(area))) if area and area >= 1 else None


def _others(values: list[int], spreads: float) -> Others:
    """Reckon on the scale of logarithms, as sizes go."""
    on_scale = [log(value + 1) for value in values]
    middle = on_scale[len(on_scale) // 2]
    deviations = sorted(abs(each - middle) for each in on_scale)
    spread = max(LEAST_SPREAD, TO_SIGMA * deviations[len(deviations) // 2])
    return Others(values[len(values) // 2], int(exp(min(middle + spreads * spread, 60))), len(values))
