"""Freeze how districts and libraries went through the months, of the figures that a report draws (6.1 d)."""

from collections.abc import Collection
from typing import Any

from members.indicators.models import Indicator
from members.returns.due.days import is_past_due
from reports.documents.awaited import DUE
from reports.editions.figures.spans import MISSING, Span, library_cell, periods_of, total_cell

NOTHING = {"value": None, "expected": 0, "reported": 0}
# A number, or which kind of no number it is; None where nobody asked the library.
Answer = int | str | None


def months_drawn(span: Span, spans: Collection[Span], indicators: list[Indicator]) -> dict[str, Any]:
    """Return the months of each district and each library of a span.

    districts: {code: {indicator: [{"period", "value", "expected", "reported"}]}}.
    libraries: {code: {indicator: [answer of each month]}}, as short as can be: there are many.
    """
    districts: dict[str, Any] = {one.code: {shown.code: [] for shown in indicators} for one in span.districts}
    libraries: dict[str, Any] = {code: {shown.code: [] for shown in indicators} for code in span.codes.values()}
    for month in spans:
        is_over = all(is_past_due(period) for period in periods_of(month.code))
        for shown in indicators:
            cells = {library: library_cell(month, library, shown) for library in month.counting(shown)}
            # Of a month in which nobody gave a number nobody is said to be missing, like in the series of the system.
            is_told = any(cell["value"] is not None for cell in cells.values())
            for place in span.districts:
                counted = {one: cells[one] for one in month.counting(shown, place)}
                total = total_cell(counted, month.codes, month.late, shown)
                said = {key: total[key] if is_told else NOTHING[key] for key in NOTHING}
                districts[place.code][shown.code].append({"period": month.code, **said})
            for library, code in span.codes.items():
                cell = cells.get(library) if is_told and month.due.get(library) else None
                libraries[code][shown.code].append(_answer(cell, is_over))
    return {"districts": districts, "libraries": libraries}


def _answer(cell: dict[str, Any] | None, is_over: bool) -> Answer:
    if cell is None:
        return None
    if cell["value"] is not None:
        return int(cell["value"])
    return DUE if cell["status"] == MISSING and not is_over else str(cell["status"])
