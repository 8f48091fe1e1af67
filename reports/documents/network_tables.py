"""Lay out what the network of libraries was, and what changed in it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from .figures import half_up, plain_text, printed
from .layout.shapes import Cell, Column, Row, Table
from .reading import day_text, level_names
from .tables import text_cell


def network_levels(reading):
    """Count the libraries by level."""
    return _counts(
        gettext("Member libraries by level"),
        gettext("Level"),
        [(name, reading.snapshot["network"]["by_level"].get(level, 0)) for level, name in level_names().items()],
        reading,
    )


def network_districts(reading):
    """Count the libraries by district."""
    counts = reading.snapshot["network"]["by_district"]
    places = [(district.name, counts.get(district.code, 0)) for district in reading.districts]
    return _counts(gettext("Member libraries by district"), gettext("District"), places, reading)


def _counts(caption, head, counts, reading):
    whole = reading.snapshot["network"]["libraries"]
    counts = [*counts, (gettext("Total"), whole)]
    columns = [Column(head, kind="head"), Column(gettext("Libraries")), Column(gettext("Share"))]
    rows = [Row(str(name), [Cell(printed(count)), Cell(_share(count, whole))]) for name, count in counts]
    rows[-1].kind = "total"
    return Table(caption, columns, rows, "counts")


def _share(count, whole):
    return f"{half_up(Decimal(count) / whole * 100)}%" if whole else plain_text(None)


def changes(reading: Any) -> list[Table]:
    """Lay out what changed: who opened, closed, moved or came into another district."""
    network, found = reading.snapshot["network"], []
    if network["opened"]:
        found.append(network_events(reading, "opened", gettext("Libraries which opened")))
    if network["closed"]:
        found.append(network_events(reading, "closed", gettext("Libraries which closed")))
    if network["moved"]:
        found.append(network_moves(reading, gettext("Libraries which moved")))
    if network["transferred"]:
        found.append(network_transfers(reading, gettext("Libraries which changed district")))
    return found


def network_events(reading, name, caption):
    """List the libraries which opened or closed."""
    columns = [
        Column(gettext("Code"), kind="code"),
        Column(gettext("Member library"), kind="head"),
        Column(gettext("Date"), kind="text"),
    ]
    rows = [
        Row(event["name"], [text_cell(day_text(event["on"]))], before=[event["code"]])
        for event in reading.snapshot["network"][name]
    ]
    return Table(caption, columns, rows, "events")


def network_moves(reading, caption):
    """List the libraries which moved, and from where to where."""
    table = network_events(reading, "moved", caption)
    table.columns += [
        Column(gettext("Address before"), kind="text address"),
        Column(gettext("Address after"), kind="text address"),
    ]
    for row, event in zip(table.rows, reading.snapshot["network"]["moved"], strict=True):
        row.cells += [text_cell(event["before"]), text_cell(event["after"])]
    return table


def network_transfers(reading, caption):
    """List the libraries which came into another district, and from where to where."""
    names = {district.code: district.name for district in reading.districts}
    table = network_events(reading, "transferred", caption)
    table.columns += [
        Column(gettext("District before"), kind="text district"),
        Column(gettext("District after"), kind="text district"),
    ]
    for row, event in zip(table.rows, reading.snapshot["network"]["transferred"], strict=True):
        row.cells += [text_cell(names.get(event[side], event[side])) for side in ("before", "after")]
    return table
