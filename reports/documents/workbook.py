"""Write a frozen snapshot as a workbook for those who count on with it (6.2.1 j)."""

import io
from collections.abc import Mapping
from datetime import UTC
from itertools import count
from typing import Any

from django.utils.translation import gettext, override, pgettext

from fsul_portal.sheets.writer import Target, new_workbook

from .figures import (
    comparison,
    is_final,
    library_text,
    missing_text,
    moved,
    moved_text,
    total_text,
)
from .frame import FIRST_ROW, LOOKS, Sheet, hollow, number, signs, texts
from .reading import Reading, deliver, level_names, month_text, reason_text
from .reckoned.sheets import derived_sheet, statutory_sheet
from .subjects.sheets import levels_sheet
from .tables import of_rooms

# What the charts draw: visits and loans, as those of the printed report.
DRAWN = ("V01", "L01")


def render_xlsx(snapshot: Mapping[str, Any], out: Target, *, language: str = "zh-hans") -> None:
    """Write the workbook to `out`, a path or binary file: figures as numbers, and never a formula."""
    with override(language):
        content = io.BytesIO()
        with new_workbook(content) as book:
            reading = Reading(snapshot)
            _describe(book, reading)
            looks = {name: book.add_format(look) for name, look in LOOKS.items()}
            for write in SHEETS:
                write(book, looks, reading)
    deliver(content.getvalue(), out)


def _describe(book, reading):
    """Date the workbook by its snapshot, so that the same snapshot gives the same bytes."""
    created = reading.frozen_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": reading.title, "comments": reading.edition_name, "created": created})


def _total(cell):
    if cell["value"] is None:
        return ("absent", total_text(cell))
    if not cell["complete"]:
        return ("incomplete", cell["value"])
    return number(cell["value"])


def _percent(cell, name):
    percent = moved(cell, name)
    return ("absent", moved_text(cell, name)) if percent is None else ("percent", float(percent / 100))


def _library_figure(cell):
    if cell["value"] is None or cell["status"] in ("missing", "due", "closed", "na"):
        return ("absent", library_text(cell))
    return ("incomplete", cell["value"]) if cell["status"] == "partial" else number(cell["value"])


def _headings(indicators):
    return [(f"{one.name}\n({one.unit})", 13) for one in indicators]


def _key_figures(book, looks, reading):
    columns = [(gettext("Code"), 8), (gettext("Indicator"), 26), (gettext("Unit"), 9), (gettext("This period"), 16)]
    if not reading.annual:
        columns += [(gettext("Month before"), 16), (gettext("On month"), 11), (_same_libraries(), 11)]
    columns += [(gettext("Same period last year"), 16), (gettext("On year"), 11), (_same_libraries(), 11)]
    columns += [(gettext("Due"), 9), (gettext("Reported"), 9), (gettext("Late"), 9), (_lacking(reading), 9)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Overview"), columns)
    for one in reading.summed:
        cell = reading.snapshot["system"][one.code]
        row = [*texts(one.code, one.name, one.unit), _total(cell)]
        if not reading.annual:
            row += _compared(cell, "last_period")
        row += _compared(cell, "last_year")
        row += [number(cell[key]) for key in ("expected", "reported", "late")]
        sheet.add([*row, number(len(cell["missing"]))])
    sheet.close(signs(reading))


def _same_libraries():
    return gettext("Compared over (libraries)")


def _compared(cell, name):
    """Give the figure of another period, how the total moved, and over how many libraries that is reckoned."""
    known = (cell.get("bases") or {}).get(name)
    base = number(cell[name]) if cell[name] is None or is_final(known) else ("incomplete", cell[name])
    return [base, _percent(cell, name), number(comparison(cell, name).get("libraries"))]


def _lacking(reading):
    """Head what has not come: before its day it is still to come."""
    return gettext("Missing") if reading.missing or not reading.to_come else gettext("Still to come")


def _districts(book, looks, reading):
    columns = [
        (gettext("Code"), 10),
        (gettext("District"), 20),
        (gettext("Kind of figure"), 12),
        *_headings(reading.summed),
    ]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "By district"), columns)
    places = [((place.code, place.name), reading.snapshot["districts"][place.code]) for place in reading.districts]
    for kind, shown in _kinds_of_figures(reading):
        for names, cells in places:
            sheet.add([*texts(*names, kind), *(shown(cells[one.code]) for one in reading.summed)])
        total = reading.snapshot["system"]
        sheet.add(
            [*texts("", gettext("Total"), kind), *(shown(total[one.code]) for one in reading.summed)], strong=True
        )
    sheet.filtered()
    last = FIRST_ROW + len(places) - 1
    # A word among the figures would be drawn as nothing at all, which is not what it says.
    drawn = [
        (column, one.name, [_total(cells[one.code])[0] == "incomplete" for __, cells in places])
        for column, one in enumerate(reading.summed, 3)
        if one.code in DRAWN and all(cells[one.code]["value"] is not None for __, cells in places)
    ]
    sheet.draw("column", drawn, (FIRST_ROW, last), gettext("District by district"), named_by=1)
    sheet.close(f"{signs(reading)} {hollow()}")


def _kinds_of_figures(reading):
    """Say what the rows of a district hold: the figure, and how it moved."""
    kinds = [(gettext("Figure"), _total)]
    if not reading.annual:
        kinds.append((gettext("On month"), lambda cell: _percent(cell, "last_period")))
    return [*kinds, (gettext("On year"), lambda cell: _percent(cell, "last_year"))]


def _months(book, looks, reading):
    """Write the way of the system through the months; a month of which nobody reported is left empty."""
    columns = [(gettext("Month"), 14), *_headings(reading.summed)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "By month"), columns)
    series = [reading.snapshot["system"][one.code]["series"] for one in reading.summed]
    for month, *points in zip(reading.snapshot["months"], *series, strict=True):
        sheet.add([("text", month_text(month)), *map(_point, points)])
    sheet.filtered()
    drawn = [
        (column, one.name, [_point(point)[0] == "incomplete" for point in points])
        for column, (one, points) in enumerate(zip(reading.summed, series, strict=True), 1)
        if one.code in DRAWN
    ]
    last = FIRST_ROW + len(reading.snapshot["months"]) - 1
    sheet.draw("line", drawn, (FIRST_ROW, last), gettext("Month by month"), named_by=0)
    told = gettext("Empty: nobody reported. * incomplete or not locked yet, holds only what was reported.")
    sheet.close(f"{told} {hollow()}")


def _point(point):
    if point["value"] is None:
        return ("empty", None)
    known = point if "expected" in point else None
    return number(point["value"]) if is_final(known) else ("incomplete", point["value"])


def _libraries(book, looks, reading):
    columns = [(pgettext("table", "No."), 7), (gettext("Code"), 11), (gettext("Member library"), 34)]
    columns += [(gettext("District"), 18), (gettext("Level"), 12), *_headings(reading.indicators)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Member libraries"), columns)
    numbers, levels = count(1), level_names()
    for place in reading.districts:
        for library in reading.libraries_of(place):
            figures = reading.snapshot["libraries"][library["code"]]
            names = texts(library["code"], library["name"], place.name, levels.get(library["level"], library["level"]))
            sheet.add(
                [number(next(numbers)), *names, *(_library_figure(figures[one.code]) for one in reading.indicators)]
            )
    # Totals stand in the sheets before: a row of them here would be counted once more by whoever sums the column.
    sheet.filtered()
    sheet.close(signs(reading))


def _missing(book, looks, reading):
    columns = [(gettext("Code"), 12), (gettext("Member library"), 40), (gettext("District"), 20)]
    columns += [(gettext("Period"), 34), (gettext("Reason"), 26)]
    sheet = Sheet(book, looks, reading, _lacking(reading), columns)
    names = {district.code: district.name for district in reading.districts}
    for entry in reading.snapshot["missing"] + reading.snapshot["excluded"]:
        district = names.get(entry["district"], entry["district"])
        period, reason = reading.months_text(entry["periods"]), reason_text(entry["reason"])
        sheet.add(texts(entry["library"], entry["name"], district, period, reason))
    if not reading.snapshot["missing"]:
        sheet.close(gettext("Every library that was to report has reported."))


def _notes(book, looks, reading):
    columns = [(gettext("Code"), 12), (gettext("Member library"), 40), (gettext("Period"), 14)]
    columns += [(gettext("Indicator"), 26), (gettext("Explanation"), 60)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Explanations"), columns)
    names = {one.code: one.name for one in reading.indicators}
    for note in reading.snapshot["notes"]:
        name = names.get(note["code"], note["code"])
        sheet.add(texts(note["library"], note["name"], month_text(note["period"]), name, note["note"]))


def _rooms(book, looks, reading):
    """Give each chapter of a room a sheet; Excel takes 31 characters as a name."""
    for table in of_rooms(reading):
        columns = [(column.name, 34 if column.kind == "head" else 20) for column in table.columns]
        sheet = Sheet(book, looks, reading, table.caption[:31], columns)
        for row in reading.snapshot["rooms"][table.kind]:
            sheet.add([_room_cell(value) for value in row])


def _room_cell(value):
    if value is None:
        return ("absent", missing_text())
    return ("text", value) if isinstance(value, str) else number(value)


def _definitions(book, looks, reading):
    columns = [(gettext("Code"), 8), (gettext("Indicator"), 26), (gettext("Unit"), 9)]
    columns += [(gettext("Counted"), 12), (gettext("Definition"), 90)]
    sheet = Sheet(book, looks, reading, pgettext("sheet", "Definitions"), columns)
    for one in reading.indicators:
        counted = gettext("at the end") if one.stock else gettext("in the period")
        sheet.add(texts(one.code, one.name, one.unit, counted, one.definition))


SHEETS = (
    _key_figures,
    derived_sheet,
    _months,
    levels_sheet,
    _districts,
    _libraries,
    _missing,
    _notes,
    _rooms,
    statutory_sheet,
    _definitions,
)
