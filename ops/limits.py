"""Hold figures to their limits: a line for each, and at last how many are within."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A figure with its limit, which is the most it may be, or the least."""

    name: str
    figure: float
    limit: float
    at_least: bool = False

    @property
    def is_within(self) -> bool:
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    @property
    def verdict(self) -> str:
        return "ok" if self.is_within else "falls short"

    def __str__(self) -> str:
        return f"{self.name}: {self.figure:g}, limit {self.limit:g} {self.verdict}"


@dataclass(frozen=True, kw_only=True)
class Ratio(Measure):
    """What was measured, in its own units, and as the figure its ratio to the baseline that the name states."""

    measured: str

    def __str__(self) -> str:
        return f"{self.name}: {self.measured}, ratio {self.figure:.2f} (limit {self.limit:g}) {self.verdict}"


def ratio(name: str, measured: str, value: float, limit: float, *, at_least: bool = False) -> Ratio:
    """Round first, so that a line never calls short what it shows to be within."""
    return Ratio(name, round(value, 2), limit, at_least, measured=measured)


def tell(measures: Iterable[Measure]) -> int:
    """Print each line as soon as it is known; return the exit status."""
    found = []
    for one in measures:
        print(one, flush=True)
        found.append(one)
    within = sum(one.is_within for one in found)
    print(f"{within} of {len(found)} within their limits")
    return 0 if within == len(found) else 1
