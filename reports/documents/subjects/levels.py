"""Add up the figures of the libraries of each level, and lay them out indicator by indicator (6.1 d)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext

from ..figures import INCOMPLETE, NOT_APPLICABLE, missing_text, printed, to_come_text
from ..layout.shapes import Cell, Column, Row, Table
from ..reading import Indicator, level_names
from ..tables import text_cell, total_cell
from .kinds import SUBJECTS, Subject, areas

AREA = "N03"
LACKING = {"missing", "partial", "due"}
WHOLE = "reported"


@dataclass(frozen=True)
class Sum:
    """What the libraries of a level have together; it is whole where none of them lacks its figure.

    libraries: those that have one. status: which kind of no number it is where none has.
    """

    value: int | Decimal | None
    is_whole: bool
    libraries: int
    status: str = ""

    @property
    def text(self) -> str:
        if self.value is not None:
            return printed(self.value) + ("" if self.is_whole else INCOMPLETE)
        return {"missing": missing_text(), "due": to_come_text()}.get(self.status, NOT_APPLICABLE)


def levels_in(reading: Any) -> dict[str, str]:
    """Return the levels of which the report has libraries, with their names, from the uppermost down."""
    there = {one["level"] for one in reading.snapshot["libraries_list"]}
    return {level: name for level, name in level_names().items() if level in there}


def sums(reading: Any, indicator: Indicator) -> dict[str, Sum]:
    """Return what each level has of an indicator that adds up; all levels together are the total of the system."""
    cells: dict[str, list[Mapping[str, Any]]] = {level: [] for level in levels_in(reading)}
    for library in reading.snapshot["libraries_list"]:
        cells[library["level"]].append(reading.snapshot["libraries"][library["code"]][indicator.code])
    return {level: _sum(found) for level, found in cells.items()}


def _sum(cells: Iterable[Mapping[str, Any]]) -> Sum:
    cells = list(cells)
    values = [cell["value"] for cell in cells if cell["value"] is not None]
    lacking = [cell["status"] for cell in cells if cell["status"] in LACKING]
    status = next((one for one in ("missing", "due") if one in lacking), "")
    return Sum(sum(values) if values else None, not lacking, len(values), status)


def area_sums(reading: Any) -> dict[str, Sum]:
    """Return the gross area of each level out of the registry."""
    found: dict[str, list[Decimal | None]] = {level: [] for level in levels_in(reading)}
    for level, area in areas(reading):
        found[level].append(None if area is None else Decimal(area))
    return {level: _area(known) for level, known in found.items()}


def _area(areas: list[Decimal | None]) -> Sum:
    known = [area for area in areas if area is not None]
    return Sum(sum(known, Decimal()) if known else None, len(known) == len(areas), len(known))


def together(found: Mapping[str, Sum]) -> Sum:
    """Add the levels up."""
    values = [one.value for one in found.values() if one.value is not None]
    whole = all(one.is_whole for one in found.values())
    return Sum(sum(values) if values else None, whole, sum(one.libraries for one in found.values()))


def by_level(reading: Any, subject: Subject) -> Table | None:
    """Lay out the sums of a subject, a column for each level and one for the whole system."""
    levels = levels_in(reading)
    rows = [
        Row(
            one.name,
            [text_cell(one.unit), *_cells(sums(reading, one)), total_cell(reading.snapshot["system"][one.code])],
        )
        for one in subject.summed(reading)
    ]
    if subject.has_area and any(area for __, area in areas(reading)):
        found = area_sums(reading)
        rows.append(Row(area_name(), [text_cell("m²"), *_cells(found), _cell(together(found))]))
    if not rows:
        return None
    columns = [Column(gettext("Indicator"), kind="head"), Column(gettext("Unit"), kind="text unit-name")]
    columns += [Column(name) for name in levels.values()] + [Column(gettext("Total"))]
    return Table(gettext("%(subject)s by level of library") % {"subject": subject.title}, columns, rows, "key")


def area_name() -> str:
    return gettext("Gross area (registry)")


def _cells(found: Mapping[str, Sum]) -> list[Cell]:
    return [_cell(one) for one in found.values()]


def _cell(one: Sum) -> Cell:
    return Cell(one.text, "" if one.is_whole or one.value is None else "starred")


def medians(reading: Any, subject: Subject) -> Table | None:
    """Lay out what does not add up over libraries: the median of each level, over those that have a whole figure."""
    shown = [one for one in subject.indicators(reading) if not one.additive]
    if not shown:
        return None
    levels = levels_in(reading)
    columns = [Column(gettext("Indicator"), kind="head"), Column(gettext("Unit"), kind="text unit-name")]
    columns += [Column(name) for name in levels.values()]
    rows = [Row(one.name, [text_cell(one.unit), *(_median(reading, one, level) for level in levels)]) for one in shown]
    return Table(
        gettext("%(subject)s: medians of the libraries of each level") % {"subject": subject.title},
        columns,
        rows,
        "key",
    )


def _median(reading: Any, indicator: Indicator, level: str) -> Cell:
    cells = [
        reading.snapshot["libraries"][one["code"]][indicator.code]
        for one in reading.snapshot["libraries_list"]
        if one["level"] == level
    ]
    values = [cell["value"] for cell in cells if cell["status"] == WHOLE and cell["value"] is not None]
    return Cell(printed(median(values)) if values else NOT_APPLICABLE)


def in_figures(reading: Any) -> dict[str, Any]:
    """Return the sums of each level for other systems, the area of the registry among them."""
    found: dict[str, dict[str, Any]] = {level: {} for level in levels_in(reading)}
    for subject in SUBJECTS:
        for one in subject.summed(reading):
            _put(found, one.code, sums(reading, one))
    if any(area for __, area in areas(reading)):
        _put(found, AREA, area_sums(reading))
    return found


def _put(found: dict[str, dict[str, Any]], code: str, sums_of_levels: Mapping[str, Sum]) -> None:
    for level, one in sums_of_levels.items():
        value = str(one.value) if isinstance(one.value, Decimal) else one.value
        found[level][code] = {"value": value, "complete": one.is_whole, "libraries": one.libraries}
