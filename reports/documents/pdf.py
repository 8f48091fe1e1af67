"""Print a frozen snapshot as a PDF (6.2.1 j)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, override, pgettext

from fsul_portal.grammar.text import clean
from fsul_portal.printing.glyphs import mark_gaps, without_glyph
from fsul_portal.printing.jobs import Press, PrintJob
from fsul_portal.printing.press import require_printer
from fsul_portal.sheets.writer import Target

from .chapters import chapters
from .excerpts.places import ReadingOfPlace
from .layout.book import Chapter
from .layout.parts import parts
from .reading import Reading, deliver

# The cover and a leaf of contents: whether there are more is known when they are printed.
LEAVES = 2


@dataclass(frozen=True)
class Entry:
    """A line of the contents, and a bookmark: where it leads, and on which page that stands."""

    title: str
    anchor: str
    page: int
    sections: tuple["Entry", ...] = ()


def render_pdf(
    snapshot: Mapping[str, Any],
    out: Target,
    *,
    language: str = "zh-hans",
    progress: Callable[[int, int], None] | None = None,
    press: Press | None = None,
    place: str = "",
) -> list[str]:
    """Write the report to `out`, a path or binary file; `progress(done, of)` counts the parts that are printed.

    place: the code of the district or library of which alone it speaks; empty for all of it.
    Return the characters which no font of this machine can draw; they stand as boxes in the PDF.
    """
    with override(language), TemporaryDirectory() as folder:
        require_printer()
        reading = ReadingOfPlace(snapshot, place) if place else Reading(snapshot)
        report = Report(reading, reading.chapters() if isinstance(reading, ReadingOfPlace) else chapters(reading))
        bound = report.print(press or Press(), Path(folder), progress or _nobody)
        deliver(bound.read_bytes(), out)
    return list(report.gaps)


def _nobody(done: int, of: int) -> None:
    """Listen to nothing."""


class Report:
    """A report on its way to paper: its parts first, then what can say only after them on which pages they stand."""

    def __init__(self, reading: Reading, contents: Sequence[Chapter]) -> None:
        self.reading = reading
        self.chapters = contents
        self.charts = {figure.name: figure.chart for chapter in contents for figure in chapter.figures}
        self.gaps: dict[str, None] = {}

    def print(self, press: Press, folder: Path, progress: Callable[[int, int], None]) -> Path:
        """Print and bind the report in a folder of its own, and return where it lies."""
        cut = parts(self.chapters)
        steps = len(cut) + 1
        jobs = (self.job("part", chapters=part) for part in cut)
        with press:
            printed = press.print_all(jobs, folder, lambda done: progress(done, steps))
            bound = self._bound(press, printed, folder)
        progress(steps, steps)
        return bound

    def job(self, template: str, **context: Any) -> PrintJob:
        """Fill in a template, as something that can be printed."""
        html = clean(render_to_string(f"reports/documents/{template}.html", {**self._context, **context}))
        gaps = without_glyph(html)
        self.gaps |= dict.fromkeys(gaps)
        charts = {name: chart.svg for name, chart in self.charts.items() if f"house:charts/{name}" in html}
        return PrintJob(mark_gaps(html, gaps), charts, ["report.css"])

    @cached_property
    def _context(self) -> dict[str, Any]:
        return {
            "reading": self.reading,
            "snapshot": self.reading.snapshot,
            "language": "en" if self.reading.english else "zh-Hans",
            "frozen": self.reading.frozen_at.isoformat(timespec="seconds"),
            "signed": _signed(self.reading),
        }

    def _bound(self, press: Press, printed: Sequence[Path], folder: Path) -> Path:
        """Print cover and contents, number the pages, and bind everything."""
        # It needs libraries which only whoever prints pays for.
        from fsul_portal.printing.binding import Bookmark, bind, outlines_of

        bodies = press.do(outlines_of, printed)
        across = [is_across for body in bodies for is_across in body.across]
        front, numbers, leaves = folder / "front.pdf", folder / "numbers.pdf", 0
        entries: list[Entry] = []
        while leaves != (counted := len(press.do(outlines_of, [front])[0].across) if leaves else LEAVES):
            leaves = counted
            entries = self._entries(_pages(bodies, leaves))
            # Nearly always there are as many leaves as one thinks, so that the numbers need not wait for them.
            numbered = self._numbers([False] * leaves + across)
            press.print_these({front: self.job("front", entries=entries), numbers: numbered})
        bookmarks = [Bookmark(entry.title, entry.anchor, level) for level, entry in _flat(entries)]
        press.do(bind, [front, *printed], bound := folder / "bound.pdf", bookmarks, numbers)
        return bound

    def _numbers(self, across: Sequence[bool]) -> PrintJob:
        """Print a page with nothing but its number for each page of the report."""
        html = render_to_string("reports/documents/numbers.html", {**self._context, "pages": across})
        return PrintJob(html, {}, ["numbers.css"], is_tagged=False)

    def _entries(self, pages: Mapping[str, int]) -> list[Entry]:
        return [
            Entry(
                chapter.heading,
                chapter.anchor,
                pages[chapter.anchor],
                tuple(Entry(one.title, one.anchor, pages[one.anchor]) for one in chapter.sections),
            )
            for chapter in self.chapters
        ]


def _pages(bodies: Sequence[Any], leaves: int) -> dict[str, int]:
    """Return the number of the page on which each place stands, behind so many leaves."""
    found, before = {}, leaves
    for body in bodies:
        found |= {name: before + page + 1 for name, page in body.places.items()}
        before += len(body.across)
    return found


def _flat(entries: Sequence[Entry], level: int = 1) -> Iterator[tuple[int, Entry]]:
    for entry in entries:
        yield level, entry
        yield from _flat(entry.sections, level + 1)


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
