"""Print many documents, one after another or in several processes at once."""

import gc
import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self, TypeVar

from django.conf import settings

from fsul_portal.printing.press import print_document

Result = TypeVar("Result")
# To start a process costs two seconds, which is more than a short document takes.
WORTH_A_PROCESS = 2


@dataclass(frozen=True)
class PrintJob:
    """A page of ours that waits to be printed, with the SVG drawings that it shows, by name."""

    html: str
    charts: Mapping[str, str]
    styles: Sequence[str] = ()
    # What nobody is to be read is not tagged.
    is_tagged: bool = True

    @cached_property
    def digest(self) -> str:
        """Return what tells this job from every other one."""
        known = [self.html, self.charts, printer_digest(*self.styles)]
        return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()

    def packed(self) -> bytes:
        """Return what another worker, or a later hour, needs to print it."""
        return json.dumps([self.html, dict(self.charts), list(self.styles)], ensure_ascii=False).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        """Return the job that was packed."""
        return cls(*json.loads(content))

    def print(self, path: Path) -> None:
        """Write the PDF, the same bytes for the same job; it is to be bound with others."""
        how = {"is_bound": True, "is_tagged": self.is_tagged}
        # The boxes of a document lead round in circles: they go when somebody looks, at them alone.
        gc.freeze()
        try:
            path.write_bytes(print_document(self.html, self.digest, charts=self.charts, styles=self.styles, **how))
            gc.collect()
        finally:
            gc.unfreeze()


@cache
def printer_digest(*styles: str) -> str:
    """Return what tells the printer from an earlier one: the engine, what we make of it, and the style sheets.

    A part that is kept is not taken for one which another release would print otherwise.
    """
    folder = Path(settings.BASE_DIR) / "static" / "print"
    files = [Path(__file__).with_name("printer.py"), *(folder / name for name in ("elements.css", *styles))]
    return hashlib.sha256(
        b"".join([version("weasyprint").encode(), *(file.read_bytes() for file in files)])
    ).hexdigest()


class Press:
    """Print jobs in this process."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """Let go of what the press holds."""

    def print_all(self, jobs: Iterable[PrintJob], folder: Path, tell: Callable[[int], None]) -> Sequence[Path]:
        """Write the PDF of each job into the folder and return their paths in order; `tell` hears how many are done."""
        paths = []
        for at, job in enumerate(jobs):
            path = folder / f"{at}.pdf"
            job.print(path)
            paths.append(path)
            tell(at + 1)
        return paths

    def print_these(self, jobs: Mapping[Path, PrintJob]) -> None:
        """Write the PDFs of a few more jobs where they are wanted."""
        for path, job in jobs.items():
            job.print(path)

    def do(self, work: Callable[..., Result], *given: Any) -> Result:
        """Do a piece of work on what is printed."""
        return work(*given)


class Presses(Press):
    """Print jobs in several processes at once, each of which holds one job in memory and no part of the portal."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.pools: list[ProcessPoolExecutor] = []

    def __exit__(self, *problem: object) -> None:
        for pool in self.pools:
            pool.shutdown(cancel_futures=True)

    def print_all(self, jobs: Iterable[PrintJob], folder: Path, tell: Callable[[int], None]) -> Sequence[Path]:
        waiting = iter(jobs)
        first = list(islice(waiting, WORTH_A_PROCESS + 1))
        if self.processes < 2 or len(first) <= WORTH_A_PROCESS:
            return super().print_all(chain(first, waiting), folder, tell)
        # A forked process would share this one's connection to the database.
        fresh = multiprocessing.get_context("spawn")
        # What comes after the printing is done where nothing was printed: it finds the memory free.
        self.pools = [ProcessPoolExecutor(count, fresh, _start) for count in (self.processes, 1)]
        # It loads what it needs while the others print.
        self.pools[-1].submit(_ready)
        paths, asked = [], []
        # They are printed while the next ones are still written.
        for at, job in enumerate(chain(first, waiting)):
            paths.append(folder / f"{at}.pdf")
            asked.append(self.pools[0].submit(job.print, paths[-1]))
        for done, one in enumerate(as_completed(asked), start=1):
            one.result()
            tell(done)
        return paths

    def print_these(self, jobs: Mapping[Path, PrintJob]) -> None:
        if not self.pools:
            super().print_these(jobs)
            return
        for one in [self.pools[0].submit(job.print, path) for path, job in jobs.items()]:
            one.result()

    def do(self, work: Callable[..., Result], *given: Any) -> Result:
        return self.pools[-1].submit(work, *given).result() if self.pools else super().do(work, *given)


def _start() -> None:
    """Begin a process which does nothing but print: load what that needs before the first job comes."""
    import weasyprint  # noqa: F401


def _ready() -> None:
    """Load what binding needs before there is anything to bind."""
    import fsul_portal.printing.binding  # noqa: F401
