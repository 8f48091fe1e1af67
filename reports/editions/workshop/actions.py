"""Print the parts of a report together with all workers that are free, on this machine or another (6.2.1 j).

Each part is a run of its own. Who builds the report takes up what nobody has begun, and waits for the rest; a worker
that dies gives its part back as every run is given back. So one worker alone gets it done, a second one shortens the
wait, and whatever is printed already is not printed again.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.printing.jobs import Press, PrintJob
from fsul_portal.printing.press import DocumentUnavailable
from fsul_portal.runs.actions import request_run, sweep
from fsul_portal.runs.claims import Claim
from fsul_portal.runs.models import Run
from fsul_portal.runs.tasks import RunFailed
from reports.editions.workshop.models import PART_TASK, PrintedPart

# Fewer parts are printed sooner than anybody else has heard of them.
WORTH_SHARING = 3
PAUSE_SECONDS = 0.5
# Somebody has to bring back what a dead worker held, also where no clock runs.
SWEEP_SECONDS = 20.0


class SharedPress(Press):
    """Hand the parts to all workers, and keep what they print for the next report that says the same."""

    def print_all(self, jobs: Iterable[PrintJob], folder: Path, tell: Callable[[int], None]) -> Sequence[Path]:
        waiting = list(jobs)
        if len(waiting) < WORTH_SHARING:
            return super().print_all(waiting, folder, tell)
        parts = [ask_for(job) for job in waiting]
        self._see_through([part.pk for part in parts], tell)
        clear_unused()
        return [_fetched(part.pk, folder) for part in parts]

    def _see_through(self, keys: Sequence[int], tell: Callable[[int], None]) -> None:
        """Print what nobody prints, until every part is there."""
        swept = time.monotonic()
        while missing := _missing(keys):
            tell(len(keys) - len(missing))
            if not any([_take_up(part) for part in missing]):
                time.sleep(PAUSE_SECONDS)
            if time.monotonic() - swept > SWEEP_SECONDS:
                sweep()
                swept = time.monotonic()
        tell(len(keys))


def _missing(keys: Sequence[int]) -> list[PrintedPart]:
    return list(PrintedPart.objects.filter(pk__in=keys, pdf=""))


@transaction.atomic
def ask_for(job: PrintJob) -> PrintedPart:
    """Return the part that prints this job; what is not printed yet becomes a run, however often it is asked for."""
    part = PrintedPart.objects.filter(digest=job.digest).first()
    if part is None:
        content = json.dumps([job.html, dict(job.charts), list(job.styles)], ensure_ascii=False).encode()
        part, __ = PrintedPart.objects.get_or_create(
            digest=job.digest, defaults={"job": ContentFile(content, "job.json")}
        )
    PrintedPart.objects.filter(pk=part.pk).update(used_at=timezone.now())
    if not part.pdf:
        request_run(
            PART_TASK,
            key=f"part:{part.pk}",
            title=lambda: _("Part of a report"),
            parameters={"part": part.pk},
        )
    return part


def _take_up(part: PrintedPart) -> bool:
    """Print a part if nobody else does; say whether it was done here."""
    run = Run.objects.get(key=f"part:{part.pk}")
    claim = Claim.take(run.pk, task=PART_TASK)
    if claim is None:
        if run.state == Run.State.FAILED:
            # Whoever builds the report is told what is wrong with it.
            print_part(part)
            return True
        return False
    with claim:
        try:
            print_by_run(claim)
        except Exception:
            claim.release()
            raise
    return True


def print_by_run(claim: Claim) -> None:
    """Print the part that a run asks for, unless it is printed already."""
    part = PrintedPart.objects.get(pk=claim.run.parameters["part"])
    try:
        print_part(part, finish=claim.finish)
    except DocumentUnavailable as problem:
        raise RunFailed(str(problem)) from problem


def print_part(part: PrintedPart, finish: Callable[[], None] = lambda: None) -> None:
    """Print a part and keep its PDF; `finish` is called in the transaction that makes it visible."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "part.pdf"
        with part.job.open("rb") as job:
            html, charts, styles = json.load(job)
        PrintJob(html, charts, styles).print(path)
        with transaction.atomic():
            part = PrintedPart.objects.select_for_update().get(pk=part.pk)
            if not part.pdf:
                with path.open("rb") as document:
                    part.pdf.save("part.pdf", File(document), save=False)
                part.save(update_fields=["pdf"])
            finish()


def _fetched(pk: int, folder: Path) -> Path:
    """Copy the PDF of a part into the folder, since it may lie on another machine."""
    path = folder / f"part-{pk}.pdf"
    with PrintedPart.objects.get(pk=pk).pdf.open("rb") as kept, path.open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    return path


def clear_unused() -> None:
    """Drop the parts that no report has asked for in a long time, and their files."""
    for part in PrintedPart.objects.unused():
        Run.objects.filter(key=f"part:{part.pk}").delete()
        files = [(one.storage, str(one.name)) for one in (part.job, part.pdf) if one]
        part.delete()
        for storage, name in files:
            storage.delete(name)
