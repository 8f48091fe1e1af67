"""Print a frozen snapshot as a PDF (6.2.1 j)."""

import gc
import logging
from contextlib import contextmanager

from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from fsul_portal.text import clean

from .chapters import chapters
from .charts import districts_chart, months_chart
from .fonts import has_chinese_font
from .glyphs import mark_gaps, without_glyph
from .prose import summary
from .reading import Reading, deliver

ROWS_A_PAGE = 22


class DocumentUnavailable(Exception):
    """Say in a sentence why this machine cannot make the document."""


def render_pdf(snapshot, out, *, language="zh-hans", progress=None):
    """Write the report to `out`, a path or binary file; `progress(done, of)` counts the pages laid out.

    Return the characters which no font of this machine can draw; they stand as boxes in the PDF.
    """
    with override(language), _told(progress, snapshot):
        require_printer()
        reading = Reading(snapshot)
        charts = {"months.svg": months_chart(reading), "districts.svg": districts_chart(reading)}
        html = clean(render_to_string("reports/documents/report.html", _context(reading, charts)))
        gaps = without_glyph(html)
        with _without_garbage_collection():
            content = _print(mark_gaps(html, gaps), charts, snapshot["hash"])
    deliver(content, out)
    return gaps


def _context(reading, charts):
    return {
        "reading": reading,
        "snapshot": reading.snapshot,
        "language": "en" if reading.english else "zh-Hans",
        "frozen": reading.frozen_at.isoformat(timespec="seconds"),
        "paragraphs": summary(reading),
        "chapters": chapters(reading),
        "months_chart": charts["months.svg"],
        "districts_chart": charts["districts.svg"],
    }


def _print(html, charts, identifier):
    from weasyprint.urls import FatalURLFetchingError

    from .printer import print_pages

    try:
        return print_pages(html, charts, identifier)
    except FatalURLFetchingError as error:
        raise DocumentUnavailable(gettext("The document asked for a file which it may not have.")) from error


def require_printer():
    """Refuse with a sentence where a PDF cannot be made, or would be made of empty boxes."""
    try:
        import weasyprint  # noqa: F401 - where Pango is missing it cannot even be imported
    except OSError as error:
        raise DocumentUnavailable(
            gettext("PDF cannot be made on this machine: the library Pango is not installed.")
        ) from error
    if not has_chinese_font():
        raise DocumentUnavailable(
            gettext("PDF cannot be made on this machine: no Chinese font is installed (fonts-noto-cjk).")
        )


@contextmanager
def _without_garbage_collection():
    """Lay out a third faster: the boxes of a document are many and none of them is garbage before the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
