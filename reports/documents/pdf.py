"""Print a frozen snapshot as a PDF (6.2.1 j)."""

import logging
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, override, pgettext

from fsul_portal.grammar.text import clean
from fsul_portal.printing.glyphs import mark_gaps, without_glyph
from fsul_portal.printing.press import print_document, require_printer
from fsul_portal.sheets.writer import Target

from .chapters import chapters, figure_number
from .charts import districts_chart, months_chart
from .reading import Reading, deliver

ROWS_A_PAGE = 22


def render_pdf(
    snapshot: Mapping[str, Any],
    out: Target,
    *,
    language: str = "zh-hans",
    progress: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Write the report to `out`, a path or binary file; `progress(done, of)` counts the pages laid out.

    Return the characters which no font of this machine can draw; they stand as boxes in the PDF.
    """
    with override(language), _told(progress, snapshot):
        require_printer()
        reading = Reading(snapshot)
        charts = {"months.svg": months_chart(reading), "districts.svg": districts_chart(reading)}
        html = clean(render_to_string("reports/documents/report.html", _context(reading, charts)))
        gaps = without_glyph(html)
        content = print_document(mark_gaps(html, gaps), snapshot["hash"], charts=charts)
    deliver(content, out)
    return gaps


def _context(reading, charts):
    return {
        "reading": reading,
        "snapshot": reading.snapshot,
        "language": "en" if reading.english else "zh-Hans",
        "frozen": reading.frozen_at.isoformat(timespec="seconds"),
        "chapters": chapters(reading),
        "months_chart": charts["months.svg"],
        "districts_chart": charts["districts.svg"],
        "figure_numbers": [figure_number(1), figure_number(2)],
        "signed": _signed(reading),
    }


def _signed(reading):
    """Say who compiled, reviewed and signed a report, row by row."""
    signed = reading.snapshot.get("signed")
    if not signed:
        return []
    day = format_date(date.fromisoformat(signed["on"]), pgettext("date format", "j F Y"))
    rows = [
        (pgettext("person", "Compiled by"), signed["compiled"]),
        (gettext("Reviewed by"), pgettext("list of words", ", ").join(signed["reviewed"])),
        (gettext("Signed by"), signed["signed"]),
        (gettext("Decision"), signed["decision"]),
        (gettext("Signed on"), day),
    ]
    return [(label, words) for label, words in rows if words]


@contextmanager
def _told(progress, snapshot):
    """Pass on the pages which the printer says it has laid out, and keep them out of the log."""
    logger = logging.getLogger("weasyprint.progress")
    counter, before = _PageCounter(progress or _nobody, snapshot), (logger.level, logger.propagate)
    logger.addHandler(counter)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(counter)
        logger.level, logger.propagate = before
    counter.progress(counter.pages, counter.pages)


def _nobody(done, of):
    """Listen to nothing."""


class _PageCounter(logging.Handler):
    def __init__(self, progress, snapshot):
        super().__init__()
        self.progress = progress
        self.pages = 12 + len(snapshot["libraries_list"]) // ROWS_A_PAGE

    def emit(self, record):
        """Count a page; how many there will be is a guess until the end."""
        words = record.getMessage().rsplit(" ", 1)
        if words[0].endswith("Page") and words[1].isdigit():
            self.pages = max(self.pages, int(words[1]))
            self.progress(int(words[1]), self.pages)
