"""Reckon the formulas of the dictionary over the libraries that have all their figures (6.1 d).

They are reckoned where they are shown, out of the snapshot alone; no ratio is ever summed or averaged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext, pgettext

from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import PEOPLE, Reckoned, codes_below, reckoned

from ..figures import INCOMPLETE, NOT_APPLICABLE
from ..layout.shapes import Cell, Column, Row, Table
from ..tables import text_cell

# What the registry knows, library by library or of a place.
AREA, LIBRARIES = "N03", "N01"
NO_NUMBER = {"na", "closed"}
# Value, whether some of its months are missing, status.
Figure = tuple[int | Fraction | None, bool, str]


@dataclass(frozen=True)
class Value:
    """A formula over the libraries of a place; it is whole where none of those who count lacks a figure."""

    reckoned: Reckoned
    is_whole: bool

    @property
    def text(self) -> str:
        if self.reckoned.value is None:
            return NOT_APPLICABLE
        return f"{self.reckoned.value:,}{'' if self.is_whole else INCOMPLETE}"


class Derived:
    """The formulas of a report, and their values for the system ("") and each district."""

    def __init__(self, reading: Any) -> None:
        self.reading = reading
        self.snapshot = reading.snapshot
        given = self.snapshot.get("reckoning", {"formulas": [], "population": {"people": {}, "sources": []}})
        self._all = [Formula(**said) for said in given["formulas"]]
        self._expressions = {one.code: one.expression for one in self._all}
        self.population = given["population"]

    @cached_property
    def formulas(self) -> list[Formula]:
        """Return the formulas that speak of what the report holds; figures a head are those of a year."""
        known = {entry["code"] for entry in self.snapshot["dictionary"]} | {AREA, LIBRARIES, PEOPLE}
        return [one for one in self._all if self._is_shown(set(codes_below(one.code, self._expressions)), known)]

    def _is_shown(self, codes: set[str], known: set[str]) -> bool:
        return codes <= known and (self.reading.annual or PEOPLE not in codes)

    def name(self, formula: Formula) -> str:
        return formula.name_en if self.reading.english else formula.name

    def unit(self, formula: Formula) -> str:
        return formula.unit_en if self.reading.english else formula.unit

    def value(self, formula: Formula, place: str = "") -> Value:
        """Return a formula over the libraries of a district, or of all."""
        codes = [code for code in codes_below(formula.code, self._expressions) if code not in (PEOPLE, LIBRARIES)]
        rows = [cells for cells in self._cells[place] if _counts(cells, codes)] if codes else []
        figures = [{code: cells[code][0] for code in codes} for cells in rows]
        found = reckoned(formula, self._all, figures, self._given(place))  # type: ignore[arg-type]  # areas are broken
        return Value(found, found.libraries == found.of and not any(cells[code][1] for cells in rows for code in codes))

    def _given(self, place: str) -> dict[str, int | None]:
        network = self.snapshot["network"]
        count = network["by_district"].get(place, 0) if place else network["libraries"]
        return {PEOPLE: self.population["people"].get(place), LIBRARIES: count}

    @cached_property
    def _cells(self) -> dict[str, list[dict[str, Figure]]]:
        """Return {place: the figures of its libraries by their codes}: value, whether it lacks months, status."""
        places: dict[str, list[Any]] = {"": []} | {place.code: [] for place in self.reading.districts}
        for library in self.snapshot["libraries_list"]:
            cells: dict[str, Figure] = {
                code: _cell(cell) for code, cell in self.snapshot["libraries"][library["code"]].items()
            }
            area = library.get("area")
            cells[AREA] = (None if area is None else Fraction(area), False, "")
            places[""].append(cells)
            places.setdefault(library["district"], []).append(cells)
        return places


def _cell(cell: Mapping[str, Any]) -> Figure:
    return cell["value"], cell["status"] == "partial", cell["status"]


def _counts(cells: Mapping[str, Figure], codes: list[str]) -> bool:
    """Say whether a library counts for a formula: one that was closed, or asked for no such figure, lacks nothing."""
    return not any(cells[code][2] in NO_NUMBER for code in codes)


def tables(reading: Any) -> Iterator[Table]:
    """Lay out the formulas of the whole system, with what they are reckoned from."""
    derived = Derived(reading)
    if not derived.formulas:
        return
    columns = [
        Column(gettext("Reckoned figure"), kind="head"),
        Column(gettext("Unit"), kind="text unit-name"),
        Column(pgettext("of a reckoned figure", "Value")),
        Column(gettext("Reckoned over (libraries)"), kind="short"),
        Column(gettext("Formula"), kind="text"),
    ]
    rows = [Row(derived.name(one), _system_cells(derived, one)) for one in derived.formulas]
    yield Table(gettext("Reckoned figures of the whole system"), columns, rows, "derived")


def _system_cells(derived: Derived, formula: Formula) -> list[Cell]:
    value = derived.value(formula)
    over = f"{value.reckoned.libraries:,} / {value.reckoned.of:,}" if value.reckoned.of else NOT_APPLICABLE
    return [
        text_cell(derived.unit(formula)),
        Cell(value.text, "" if value.is_whole else "starred"),
        Cell(over),
        text_cell(in_words(derived, formula)),
    ]


def in_words(derived: Derived, formula: Formula) -> str:
    """Write a formula with the names of its figures."""
    names = {one.code: one.name for one in derived.reading.indicators}
    names |= {one.code: derived.name(one) for one in derived.formulas}
    names |= {
        PEOPLE: gettext("population (%(year)s)") % {"year": derived.population.get("year", "")},
        AREA: gettext("gross area"),
        LIBRARIES: gettext("member libraries"),
    }
    signs = {"*": "×", "/": "÷", "-": "−"}
    return " ".join(names.get(part, signs.get(part, part)) for part in formula.expression.split())


def by_district(reading: Any) -> Iterator[Table]:
    """Lay out the formulas district by district."""
    derived = Derived(reading)
    shown = derived.formulas
    if not shown:
        return
    columns = [Column(gettext("District"), kind="head")]
    columns += [Column(derived.name(one), derived.unit(one)) for one in shown]
    places = [*((place.name, place.code) for place in reading.districts), (gettext("Total"), "")]
    rows = [Row(name, [_district_cell(derived.value(one, code)) for one in shown]) for name, code in places]
    rows[-1].kind = "total"
    yield Table(gettext("Reckoned figures by district"), columns, rows, "districts derived")


def _district_cell(value: Value) -> Cell:
    return Cell(value.text, "" if value.is_whole or value.reckoned.value is None else "starred")


def in_figures(reading: Any) -> dict[str, Any]:
    """Return formulas and values for other systems: a value is a decimal in quotes, null where there is none."""
    derived = Derived(reading)
    return {
        "formulas": {
            one.code: {"name": one.name, "name_en": one.name_en, "unit": one.unit, "expression": one.expression}
            for one in derived.formulas
        },
        "population": derived.population,
        "system": {one.code: _figure(derived.value(one)) for one in derived.formulas},
        "districts": {
            place.code: {one.code: _figure(derived.value(one, place.code)) for one in derived.formulas}
            for place in reading.districts
        },
    }


def _figure(value: Value) -> dict[str, Any]:
    found = value.reckoned
    text = None if found.value is None else str(found.value)
    return {"value": text, "complete": value.is_whole, "libraries": found.libraries, "of": found.of}
