"""Rank libraries among their peers: those of the same level, in one district or in all (6.1 d)."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from django.utils.translation import gettext

from ..figures import NOT_APPLICABLE, library_text, printed
from ..layout.shapes import Cell, Column, Note, Row, Table
from ..reading import Reading, level_names
from ..tables import CELL_KINDS, text_cell

WHOLE = "reported"


def _peers(reading: Reading, level: str, district: str) -> list[Mapping[str, Any]]:
    """Return the libraries of a level, in one district or, where none is named, in all."""
    libraries = reading.snapshot["libraries_list"]
    return [one for one in libraries if one["level"] == level and district in ("", one["district"])]


def _whole(reading: Reading, peers: list[Mapping[str, Any]], code: str) -> list[Any]:
    """Return the figures that may be ranked: what lacks some of its months may not be set against what is whole."""
    cells = (reading.snapshot["libraries"][one["code"]][code] for one in peers)
    return [cell["value"] for cell in cells if cell["status"] == WHOLE]


def ranked(reading: Reading, code: str, level: str, district: str = "") -> dict[str, Any]:
    """Return the rows of a ranking, who has no whole figure, and what the peers are; equal figures share a rank.

    rows: (rank, code of the library, name, district, figure as it is printed). without: the same without a rank.
    """
    names = {place.code: place.name for place in reading.districts}
    peers = _peers(reading, level, district)
    cells = {library["code"]: reading.snapshot["libraries"][library["code"]][code] for library in peers}
    counted = [one for one in peers if cells[one["code"]]["status"] == WHOLE]
    counted.sort(key=lambda one: (-cells[one["code"]]["value"], one["code"]))
    ranks: dict[Any, int] = {}
    for rank, one in enumerate(counted, start=1):
        ranks.setdefault(cells[one["code"]]["value"], rank)

    def row(library: Mapping[str, Any], rank: int | None) -> tuple[int | None, str, str, str, str]:
        place = names.get(library["district"], library["district"])
        return rank, library["code"], library["name"], place, library_text(cells[library["code"]])

    indicator = next(one for one in reading.indicators if one.code == code)
    group = {"level": level_names()[level], "place": names.get(district, gettext("the whole system"))}
    values = _whole(reading, peers, code)
    return {
        "indicator": indicator,
        "rows": [row(one, ranks[cells[one["code"]]["value"]]) for one in counted],
        "without": [row(one, None) for one in peers if cells[one["code"]]["status"] != WHOLE],
        "peers": gettext("%(level)s, %(place)s") % group,
        "count": len(counted),
        "median": printed(median(values)) if values else None,
    }


def beside_peers(reading: Reading, library: Mapping[str, Any]) -> Table:
    """Lay out the figures of a library beside those of its level, in the whole system and in its district."""
    columns = [
        Column(gettext("Indicator"), kind="head"),
        Column(gettext("Unit"), kind="text unit-name"),
        Column(gettext("Figure")),
        Column(gettext("Rank in the system"), kind="short"),
        Column(gettext("Median in the system")),
        Column(gettext("Rank in the district"), kind="short"),
        Column(gettext("Median in the district")),
    ]
    groups = [_peers(reading, library["level"], district) for district in ("", library["district"])]
    rows = [Row(one.name, _beside_peers(reading, library, one, groups)) for one in reading.indicators]
    level = level_names()[library["level"]]
    caption = gettext("Figures of %(library)s beside those of its level (%(level)s)")
    words = {"library": library["name"], "level": level}
    return Table(caption % words, columns, rows, "key", place=library["code"]).numbered()


def _beside_peers(reading, library, indicator, groups):
    cell = reading.snapshot["libraries"][library["code"]][indicator.code]
    notes = [Note(text) for text in reading.notes_of(library, indicator)]
    found = [text_cell(indicator.unit), Cell(library_text(cell), CELL_KINDS.get(cell["status"], ""), notes)]
    for peers in groups:
        values = _whole(reading, peers, indicator.code)
        rank = 1 + sum(value > cell["value"] for value in values) if cell["status"] == WHOLE else None
        place = NOT_APPLICABLE if rank is None else f"{rank:,} / {len(values):,}"
        found += [Cell(place), Cell(printed(median(values)) if values else NOT_APPLICABLE)]
    return found
