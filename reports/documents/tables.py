"""Lay out the tables of a report as rows of printed cells."""

from typing import Any

from django.utils.translation import gettext

from fsul_portal.rooms import offered

from .figures import (
    INCOMPLETE,
    base_text,
    library_text,
    missing_text,
    moved_text,
    plain_text,
    point_text,
    printed,
    total_text,
)
from .layout.shapes import Cell, Column, Note, Row, Table
from .reading import month_text, reason_text

CELL_KINDS = {"missing": "none", "due": "none", "closed": "none", "na": "none", "partial": "starred"}


def total_cell(cell):
    """Print a total; the mark of an incomplete one hangs outside, so that the figures stay in line."""
    return Cell(total_text(cell), "" if cell["complete"] or cell["value"] is None else "starred")


def base_cell(cell, name):
    """Print the figure with which a total is compared, marked like a total."""
    return _marked(base_text(cell, name))


def _marked(text):
    return Cell(text, "starred" if text.endswith(INCOMPLETE) else "")


def text_cell(text):
    return Cell(str(text), "text")


def key_figures(reading: Any, *, place: Any = None, indicators: Any = None, caption: str = "") -> Table:
    """Lay out the figures of the whole system or of a district, with what they are compared with.

    indicators: which of them, all that add up if nobody says.
    """
    cells = reading.snapshot["districts"][place.code] if place else reading.snapshot["system"]
    columns = [Column(gettext("Indicator"), kind="head"), Column(gettext("Unit"), kind="text unit-name")]
    columns += _compared_columns(reading)
    if not reading.annual and not place:
        columns.append(Column(gettext("This year so far")))
    columns.append(Column(gettext("Reported / due"), kind="short"))
    rows = [
        Row(one.name, [text_cell(one.unit), *_key_cells(reading, one, cells[one.code])])
        for one in (reading.summed if indicators is None else indicators)
    ]
    caption = caption or gettext("Key figures of the whole system")
    return Table(caption, columns, rows, "key" if reading.annual else "key monthly")


def _compared_columns(reading):
    if reading.annual:
        return [
            Column(reading.period_name),
            Column(reading.year_before_name),
            Column(gettext("On year"), kind="percent"),
        ]
    return [
        Column(gettext("This month")),
        Column(gettext("Month before")),
        Column(gettext("On month"), kind="percent"),
        Column(gettext("Same month last year")),
        Column(gettext("On year"), kind="percent"),
    ]


def _key_cells(reading, indicator, cell):
    on_year = moved_text(cell, "last_year")
    answered = Cell(f"{cell['reported']:,} / {cell['expected']:,}")
    if reading.annual:
        return [total_cell(cell), base_cell(cell, "last_year"), Cell(on_year), answered]
    return [
        total_cell(cell),
        base_cell(cell, "last_period"),
        Cell(moved_text(cell, "last_period")),
        base_cell(cell, "last_year"),
        Cell(on_year),
        # Districts have no way through the months.
        *([_year_so_far(reading, indicator, cell)] if "series" in cell else []),
        answered,
    ]


def _year_so_far(reading, indicator, cell):
    """Sum the months of this year; a stock has no sum, and a month without a figure leaves none."""
    year = reading.snapshot["period"][:4]
    values = [point["value"] for point in cell["series"] if point["period"].startswith(year)]
    if indicator.stock or None in values or not values:
        return Cell(plain_text(None))
    return total_cell({**cell, "value": sum(values)})


def months_values(reading):
    """Lay out every figure of the system month by month."""
    rows = [
        Row(month_text(month), [_marked(point_text(_at(reading, one, at))) for one in reading.summed])
        for at, month in enumerate(reading.snapshot["months"])
    ]
    return Table(
        gettext("Figures of the whole system by month"), _wide_columns(gettext("Month"), reading.summed), rows, "wide"
    )


def months_changes(reading):
    """Lay out the change of every figure against the month before."""
    rows = [
        Row(month_text(month), [Cell(_changed(reading, one, at)) for one in reading.summed])
        for at, month in enumerate(reading.snapshot["months"])
    ]
    columns = _wide_columns(gettext("Month"), reading.summed, unit="%")
    return Table(gettext("Change on the month before"), columns, rows, "wide")


def _at(reading, indicator, position):
    return reading.snapshot["system"][indicator.code]["series"][position]


def _changed(reading, indicator, position):
    points = reading.snapshot["system"][indicator.code]["series"]
    point = points[position]
    if "change" in point:
        return moved_text(point)
    base = points[position - 1]["value"] if position else None
    return moved_text({"value": point["value"], "base": base}, "base")


def _wide_columns(head, indicators, *, unit=None):
    figures = [Column(indicator.name, unit or indicator.unit) for indicator in indicators]
    return [Column(head, kind="head"), *figures]


def districts_values(reading):
    """Lay out the figures of each district, and of the whole system under them."""
    return _districts(reading, gettext("Figures by district"), total_cell)


def districts_on_year(reading):
    """Lay out the change of each district on the year before."""
    return _districts(
        reading,
        gettext("Change on the year before, by district"),
        lambda cell: Cell(moved_text(cell, "last_year")),
        unit="%",
    )


def districts_on_month(reading):
    """Lay out the change of each district on the month before."""
    return _districts(
        reading,
        gettext("Change on the month before, by district"),
        lambda cell: Cell(moved_text(cell, "last_period")),
        unit="%",
    )


def _districts(reading, caption, cell_of, *, unit=None):
    places = [(place.name, reading.snapshot["districts"][place.code]) for place in reading.districts]
    rows = [Row(name, [cell_of(cells[one.code]) for one in reading.summed]) for name, cells in places]
    whole = reading.snapshot["system"]
    rows.append(Row(gettext("Total"), [cell_of(whole[one.code]) for one in reading.summed], "total"))
    return Table(caption, _wide_columns(gettext("District"), reading.summed, unit=unit), rows, "wide")


def libraries(reading: Any, district: Any) -> Table:
    """Lay out the libraries of one district under each other, and their total."""
    columns = [Column(gettext("Code"), kind="code"), *_wide_columns(gettext("Member library"), reading.indicators)]
    rows = [
        Row(library["name"], _library_cells(reading, library), before=[library["code"]])
        for library in reading.libraries_of(district)
    ]
    total = reading.snapshot["districts"][district.code]
    cells = [total_cell(total[one.code]) for one in reading.indicators]
    rows.append(Row(gettext("Total of %(district)s") % {"district": district.name}, cells, "total", [""]))
    caption = gettext("Figures of each library, %(district)s") % {"district": district.name}
    return Table(caption, columns, rows, "libraries", place=district.code).numbered()


def _library_cells(reading, library):
    figures = reading.snapshot["libraries"][library["code"]]
    return [
        Cell(
            library_text(figures[one.code]),
            CELL_KINDS.get(figures[one.code]["status"], ""),
            [Note(text) for text in reading.notes_of(library, one)],
        )
        for one in reading.indicators
    ]


def absences(reading, entries, caption):
    """List who is missing, or still to come, or left out, in which months and why."""
    names = {district.code: district.name for district in reading.districts}
    columns = [
        Column(gettext("Code"), kind="code"),
        Column(gettext("Member library"), kind="head"),
        Column(gettext("District"), kind="text district"),
        Column(gettext("Period"), kind="text"),
        Column(gettext("Reason"), kind="text"),
    ]
    rows = [
        Row(
            entry["name"],
            [
                text_cell(names.get(entry["district"], entry["district"])),
                text_cell(reading.months_text(entry["periods"])),
                text_cell(reason_text(entry["reason"])),
            ],
            before=[entry["library"]],
        )
        for entry in entries
    ]
    return Table(caption, columns, rows, "absences")


def of_rooms(reading):
    """Lay out what rooms have given: one table each, by the key of the room's chapter."""
    kept = reading.snapshot.get("rooms", {})
    return [
        Table(str(one.title), _columns_of(one), [_row_of(row) for row in kept[one.key]], one.key)
        for one in offered("report")
        if one.key in kept
    ]


def _columns_of(chapter):
    head, *others = chapter.columns
    return [Column(str(head), kind="head"), *(Column(str(name), kind="text") for name in others)]


def _row_of(row):
    head, *cells = row
    return Row(str(head), [_cell_of(value) for value in cells])


def _cell_of(value):
    if value is None:
        return Cell(missing_text(), "none")
    return text_cell(value) if isinstance(value, str) else Cell(printed(value))
