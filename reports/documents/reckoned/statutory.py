"""Lay out the yearly table of public libraries as the authority asks for it (6.1 d).

Its rows and their figures stand in `statutory.csv`, after the form that libraries hand in to the statistics of culture
and tourism; a row without a code is one that nobody here is asked for.
"""

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, pgettext

from ..figures import INCOMPLETE, printed, total_text
from ..layout.shapes import Cell, Column, Row, Table
from ..tables import text_cell

ROWS = Path(__file__).with_name("statutory.csv")
LIBRARIES, AREA = "N01", "N03"


@cache
def entries() -> tuple[dict[str, str], ...]:
    with ROWS.open(encoding="utf-8", newline="") as rows:
        return tuple(csv.DictReader(rows))


def not_counted() -> str:
    """Say that nobody is asked for a figure."""
    return pgettext("figure", "not collected")


def year_table(reading: Any) -> Table:
    """Return the table: a row for each figure of the form, a column for the system and each district."""
    columns = [
        Column(pgettext("table", "No."), kind="code"),
        Column(gettext("Item"), kind="head"),
        Column(gettext("Unit"), kind="text unit-name"),
        Column(gettext("Total")),
        *(Column(place.name) for place in reading.districts),
    ]
    rows = [_row(reading, entry) for entry in entries()]
    return Table(gettext("Yearly statistics of public libraries"), columns, rows, "statutory")


def _row(reading: Any, entry: Mapping[str, str]) -> Row:
    item, unit = ("item_en", "unit_en") if reading.english else ("item", "unit")
    places = ["", *(place.code for place in reading.districts)]
    cells = [_cell(reading, entry["code"], place) for place in places]
    return Row(entry[item], [text_cell(entry[unit]), *cells], before=[entry["number"]])


def _cell(reading: Any, code: str, place: str) -> Cell:
    value = figure(reading, code, place)
    if value is None:
        return Cell(not_counted(), "none")
    return Cell(value, "starred" if value.endswith(INCOMPLETE) else "")


def figure(reading: Any, code: str, place: str) -> str | None:
    """Return a figure of the form as it is printed, None where nobody is asked for it."""
    snapshot = reading.snapshot
    if code == LIBRARIES:
        network = snapshot["network"]
        return printed(network["by_district"].get(place, 0) if place else network["libraries"])
    if code == AREA:
        return _area(snapshot, place)
    cells = snapshot["districts"][place] if place else snapshot["system"]
    return total_text(cells[code]) if code in cells else None


def _area(snapshot: Mapping[str, Any], place: str) -> str | None:
    """Add up the areas of the libraries; where some are not known the sum is marked."""
    libraries = [one for one in snapshot["libraries_list"] if not place or one["district"] == place]
    known = [Decimal(one["area"]) for one in libraries if one.get("area") is not None]
    if not known:
        return None
    return printed(sum(known)) + ("" if len(known) == len(libraries) else INCOMPLETE)
