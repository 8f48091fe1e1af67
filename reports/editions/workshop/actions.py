"""Print the parts of a report together with all workers that are free, on this machine or another (6.2.1 j).

Each part is a run of its own. Who builds the report takes up what nobody has begun, and waits for the rest; a worker
that dies gives its part back as every run is given back. So one worker alone gets it done, a second one shortens the
wait, and whatever is printed already is not printed again; what the store has lost meanwhile is. Who builds the report
keeps what is to be printed in a folder of his own, so that no store can hold him up.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.files.contents import opened
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
        waiting = iter(jobs)
        first = list(islice(waiting, WORTH_SHARING))
        if len(first) < WORTH_SHARING:
            return super().print_all(first, folder, tell)
        own: dict[int, Path] = {}
        # Workers print the first ones while the rest is still written.
        for job in chain(first, waiting):
            key = ask_for(job).pk
            own[key] = folder / f"part-{key}.json"
            own[key].write_bytes(job.packed())
        self._see_through(own, tell)
        clear_unused()
        return [_fetched(key, job) for key, job in own.items()]

    def _see_through(self, own: Mapping[int, Path], tell: Callable[[int], None]) -> None:
        """Print what nobody prints, until every part is there."""
        swept = time.monotonic()
        while missing := _missing(own):
            tell(len(own) - len(missing))
            if not any([_take_up(part, own[part.pk]) for part in missing]):
                time.sleep(PAUSE_SECONDS)
            if time.monotonic() - swept > SWEEP_SECONDS:
                sweep()
                swept = time.monotonic()
        tell(len(own))


def _missing(keys: Iterable[int]) -> list[PrintedPart]:
    return list(PrintedPart.objects.filter(pk__in=list(keys), pdf=""))


@transaction.atomic
def ask_for(job: PrintJob) -> PrintedPart:
    """Return the part that prints this job; what is not printed yet becomes a run, however often it is asked for."""
    part = PrintedPart.objects.select_for_update().filter(digest=job.digest).first()
    if part is None:
        written = {"job": ContentFile(job.packed(), "job.json")}
        part, __ = PrintedPart.objects.get_or_create(digest=job.digest, defaults=written)
    _let_go_of_lost(part, job)
    PrintedPart.objects.filter(pk=part.pk).update(used_at=timezone.now())
    if not part.pdf:
        request_run(
            PART_TASK,
            key=_key(part),
            title=lambda: _("Part of a report"),
            parameters={"part": part.pk},
        )
    return part


def _let_go_of_lost(part: PrintedPart, job: PrintJob) -> None:
    """Forget a PDF that the store has lost, so that it is printed again, and write anew what is to be printed."""
    if part.pdf and not part.pdf.storage.exists(str(part.pdf.name)):
        part.pdf = ""
        part.save(update_fields=["pdf"])
        # A run that is done does not begin again: the next one takes its key.
        Run.objects.filter(key=_key(part), state=Run.State.DONE).delete()
    if not part.pdf and not part.job.storage.exists(str(part.job.name)):
        part.job.save("job.json", ContentFile(job.packed()), save=False)
        part.save(update_fields=["job"])


def _key(part: PrintedPart) -> str:
    return f"part:{part.pk}"


def _take_up(part: PrintedPart, own: Path) -> bool:
    """Print a part if nobody else does; say whether it was done here.

    own: what is to be printed, as whoever builds the report keeps it.
    """
    run = Run.objects.get(key=_key(part))
    claim = Claim.take(run.pk, task=PART_TASK)
    if claim is None:
        if run.state == Run.State.FAILED:
            # Whoever builds the report is told what is wrong with it.
            print_part(part, own)
            return True
        return False
    with claim:
        try:
            print_by_run(claim, own)
        except Exception:
            claim.release()
            raise
    return True


def print_by_run(claim: Claim, own: Path | None = None) -> None:
    """Print the part that a run asks for, unless it is printed already."""
    part = PrintedPart.objects.get(pk=claim.run.parameters["part"])
    try:
        print_part(part, own, finish=claim.finish)
    except DocumentUnavailable as problem:
        raise RunFailed(str(problem)) from problem


def print_part(part: PrintedPart, own: Path | None = None, finish: Callable[[], None] = lambda: None) -> None:
    """Print a part and keep its PDF; `finish` is called in the transaction that makes it visible."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "part.pdf"
        _job(part, own).print(path)
        with transaction.atomic():
            part = PrintedPart.objects.select_for_update().get(pk=part.pk)
            if not part.pdf:
                with path.open("rb") as document:
                    part.pdf.save("part.pdf", File(document), save=False)
                part.save(update_fields=["pdf"])
            finish()


def _job(part: PrintedPart, own: Path | None) -> PrintJob:
    if own:
        return PrintJob.unpacked(own.read_bytes())
    with part.job.open("rb") as job:
        return PrintJob.unpacked(job.read())


def _fetched(pk: int, own: Path) -> Path:
    """Copy the PDF of a part to where its job lies, since it may be on another machine."""
    path = own.with_suffix(".pdf")
    kept = opened(PrintedPart.objects.get(pk=pk).pdf)
    if kept is None:
        # It is gone since it was asked for.
        PrintJob.unpacked(own.read_bytes()).print(path)
        return path
    with kept, path.open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    return path


def clear_unused() -> None:
    """Drop the parts that no report has asked for in a long time, and their files."""
    for part in PrintedPart.objects.unused():
        Run.objects.filter(key=_key(part)).delete()
        files = [(one.storage, str(one.name)) for one in (part.job, part.pdf) if one]
        part.delete()
        for storage, name in files:
            storage.delete(name)
