"""Freeze how libraries went through the months, of the figures that a report draws (6.1 d)."""

from collections.abc import Collection

from members.indicators.models import Indicator
from reports.documents.awaited import DUE
from reports.editions.figures.spans import MISSING, Span, library_cell

# A number, or which kind of no number it is; None where nobody asked the library.
Answer = int | str | None


def answers_of(
    span: Span, spans: Collection[Span], indicators: list[Indicator], past_due: Collection[str]
) -> dict[str, dict[str, list[Answer]]]:
    """Return {code of a library: {indicator: [answer of each month]}}, as short as can be: there are many.

    past_due: the months whose day is over; of the others a return is still to come.
    """
    return {
        code: {one.code: [_answer(month, library, one, past_due) for month in spans] for one in indicators}
        for library, code in span.codes.items()
    }


def _answer(month: Span, library: int, indicator: Indicator, past_due: Collection[str]) -> Answer:
    if library not in month.facts or not month.due.get(library) or not month.counts(library, indicator):
        return None
    cell = library_cell(month, library, indicator)
    if cell["value"] is not None:
        return int(cell["value"])
    return DUE if cell["status"] == MISSING and month.code not in past_due else str(cell["status"])
