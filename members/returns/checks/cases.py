"""Hold what a check looks at (6.2.1 j)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from members.indicators.dictionary import FIRST_INDICATORS, First
from members.indicators.models import Indicator
from members.returns.checks.history import NO_PAST, Past
from members.returns.checks.peers import Others, Peers
from members.returns.checks.rows import Rows, standard
from members.returns.due.expected import Standing

# What each indicator is called in Chinese and in English, by code.
Names = Mapping[str, tuple[str, str]]


def names_of(indicators: Iterable[Indicator | First]) -> Names:
    return {one.code: (one.name, one.name_en) for one in indicators}


FIRST_NAMES = names_of(FIRST_INDICATORS)


@dataclass(slots=True)
class Case:
    """What the rules look at; `numbers` are the figures that are numbers, filled in by `check`.

    rows: the checks of the month; without them those of the settings. names: what the office calls the indicators
    now; without them they are called as at first. peers: what others reported, read once a first figure asks for it.
    """

    figures: dict
    days: int
    standing: Standing
    past: Past = NO_PAST
    is_year: bool = False
    rows: Rows = field(default_factory=standard)
    names: Names = field(default_factory=lambda: FIRST_NAMES)
    peers: Peers | None = None
    numbers: dict = field(default_factory=dict)

    def others(self, code: str, spreads: float) -> Others | None:
        """Return what libraries like this one have of a figure, None where nobody can say."""
        stood = self.standing
        if self.peers is None:
            return None
        return self.peers.others(stood.level, stood.kind, stood.area, code, spreads)

    def name_of(self, code: str) -> tuple[str, str]:
        return self.names.get(code, (code, code))
