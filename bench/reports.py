"""Time the annual PDF: in parts by two processes against one document, by size, after a correction."""

import io
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from django.utils.translation import override

from bench.alone import peak_megabytes, start
from bench.typst_tables import print_tables, write_tables
from fsul_portal.printing.jobs import Press, Presses
from fsul_portal.printing.press import print_document
from ops.limits import Ratio, ratio
from reports.documents.chapters import chapters
from reports.documents.pdf import Report, render_pdf
from reports.documents.reading import Reading
from tests.reports.documents.fakes import snapshot

SMALL, LARGE = 400, 4_000
# Two workers halve the wait, or the parts are not worth their trouble.
OF_ONE_DOCUMENT = 0.50
# A system ten times as large waits ten times as long; what grows faster will not end one day.
TIME_A_LIBRARY = 1.20
AFTER_A_CORRECTION = 0.15
# Typst prints nothing but the long tables, in one process and in as much memory as it likes.
OF_TYPST = 4.0
MEGABYTES = 300


class KeptPress(Press):
    """Print in this process what is not printed yet, as the workers of the portal do together."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def print_all(self, jobs: Any, folder: Path, tell: Callable[[int], None]) -> list[Path]:
        paths = []
        for at, job in enumerate(jobs):
            path = folder / f"{at}.pdf"
            if job.digest in self.kept:
                path.write_bytes(self.kept[job.digest])
            else:
                job.print(path)
                self.kept[job.digest] = path.read_bytes()
            paths.append(path)
            tell(at + 1)
        return paths


def run() -> Iterator[Ratio]:
    one, one_peak = _alone(_as_one_document, LARGE)
    two, peak = _alone(_by_two, LARGE)
    yield ratio(
        f"annual PDF of {LARGE:,} libraries, two processes against one document in one process",
        f"{two:.1f} s against {one:.1f} s (peak of one document {one_peak} MB)",
        two / one,
        OF_ONE_DOCUMENT,
    )
    yield ratio(f"peak of any process of it against {MEGABYTES} MB", f"{peak} MB", peak / MEGABYTES, 1)
    typst, typst_peak = _alone(_with_typst, LARGE)
    yield ratio(
        f"annual PDF of {LARGE:,} libraries, two processes against Typst with its long tables alone (aim 2.5)",
        f"{two:.1f} s and {peak} MB a process against {typst:.1f} s and {typst_peak} MB",
        two / typst,
        OF_TYPST,
    )
    small, __ = _alone(_by_two, SMALL)
    yield ratio(
        f"time a library of it, {LARGE:,} libraries against {SMALL:,}",
        f"{1000 * two / LARGE:.1f} ms against {1000 * small / SMALL:.1f} ms",
        (two / LARGE) / (small / SMALL),
        TIME_A_LIBRARY,
    )
    whole, again = _alone(_after_a_correction, LARGE)[0]
    yield ratio(
        f"PDF of the next edition after one correction, {LARGE:,} libraries, against the whole",
        f"{again:.1f} s against {whole:.1f} s",
        again / whole,
        AFTER_A_CORRECTION,
    )


def _alone(work: Callable[[int], Any], size: int) -> tuple[Any, int]:
    """Do a piece of work in a process of its own; return what it gave and the peak of memory of it and its children."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), start) as pool:
        return pool.submit(_watched, work, size).result()


def _watched(work: Callable[[int], Any], size: int) -> tuple[Any, int]:
    given = work(size)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return given, max(peak_megabytes(), children)


def _timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _by_two(size: int) -> float:
    frozen = snapshot("annual", size)
    return _timed(lambda: render_pdf(frozen, io.BytesIO(), press=Presses(2)))


def _with_typst(size: int) -> float:
    """Print the tables of all libraries as PDF/UA-1; what they say is written before the clock runs, as CSV."""
    with tempfile.TemporaryDirectory() as name:
        source = write_tables(snapshot("annual", size), Path(name))
        return _timed(lambda: print_tables(source, Path(name) / "report.pdf"))


def _as_one_document(size: int) -> float:
    """Print the same chapters in one piece, with an identifier of its own, as reports were before."""
    frozen = snapshot("annual", size)

    def whole() -> None:
        with override("zh-hans"):
            reading = Reading(frozen)
            report = Report(reading, chapters(reading))
            job = report.job("part", chapters=report.chapters)
            print_document(job.html, job.digest, charts=job.charts, styles=job.styles)

    return _timed(whole)


def _after_a_correction(size: int) -> tuple[float, float]:
    frozen, press = snapshot("annual", size), KeptPress()
    whole = _timed(lambda: render_pdf(frozen, io.BytesIO(), press=press))
    code = frozen["libraries_list"][size // 2]["code"]
    frozen["libraries"][code]["V01"]["value"] = 1
    for totals in (frozen["system"], frozen["districts"][frozen["libraries_list"][size // 2]["district"]]):
        totals["V01"]["value"] = (totals["V01"]["value"] or 0) + 1
    return whole, _timed(lambda: render_pdf(frozen | {"edition": 2}, io.BytesIO(), press=press))
