"""The subjects of which a report speaks in a chapter each, told apart by the codes of the dictionary (6.1 d)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from fsul_portal.grammar.words import Words

from ..reading import Indicator

# What the chapter of the network says.
OF_THE_NETWORK = {"N01", "N02", "N08"}


@dataclass(frozen=True)
class Subject:
    """A subject: the letters with which its codes begin, and which of them its chart draws and its text begins with.

    Figures of one kind stand in a chart alone: what is counted otherwise would be too short or too long beside them.
    """

    key: str
    title: Words
    letters: str
    leads: tuple[str, ...]
    has_area: bool = False

    def indicators(self, reading: Any) -> list[Indicator]:
        """Return its indicators of which somebody has a figure, in the order of the dictionary."""
        return [one for one in reading.indicators if self._holds(one.code) and _is_told(reading, one)]

    def summed(self, reading: Any) -> list[Indicator]:
        return [one for one in self.indicators(reading) if one.additive]

    def leading(self, reading: Any) -> list[Indicator]:
        """Return what its chart draws."""
        return [one for one in self.summed(reading) if one.code in self.leads]

    def _holds(self, code: str) -> bool:
        return code[0] in self.letters and code not in OF_THE_NETWORK


def _is_told(reading: Any, indicator: Indicator) -> bool:
    if reading.snapshot["system"][indicator.code]["value"] is not None:
        return True
    return any(cells[indicator.code]["value"] is not None for cells in reading.snapshot["libraries"].values())


SUBJECTS = (
    Subject("conditions", gettext_lazy("Conditions"), "NX", ("N04",), has_area=True),
    Subject("collections", gettext_lazy("Collections"), "C", ("C01",)),
    Subject("service", pgettext_lazy("chapter", "Service"), "VLREDY", ("R04",)),
)


def subject_of(key: str) -> Subject | None:
    return next((one for one in SUBJECTS if one.key == key), None)


def areas(reading: Any) -> list[tuple[str, str | None]]:
    """Return (level, gross area) of each library that belonged at the end, as the registry knew it; None: not known."""
    gone = {one["code"] for one in reading.snapshot["network"]["closed"]}
    return [(one["level"], one.get("area")) for one in reading.snapshot["libraries_list"] if one["code"] not in gone]


def told(reading: Any) -> Iterator[Subject]:
    """Yield the subjects of which the report has a figure."""
    for subject in SUBJECTS:
        if subject.indicators(reading) or (subject.has_area and any(area for __, area in areas(reading))):
            yield subject
