"""Keep a file, look at it, take it in: all of it or none, and only what was seen before."""

import os
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fsul_portal.grammar.garbage import without_garbage_collection
from fsul_portal.grammar.text import clean
from fsul_portal.grammar.words import Spoken
from fsul_portal.intake.kinds import Intake, kind_named
from fsul_portal.intake.models import Upload
from fsul_portal.intake.plans import Plan
from fsul_portal.records.actions import record
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.models import Run
from fsul_portal.sheets import Problem, Sheet, mark_errors, read_sheet
from fsul_portal.sheets.refusals import Source, Value
from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken, require

CHECK, TAKE_IN = "intake.check", "intake.take_in"
# A file with so many rows is not for somebody to wait for in front of a page.
ROWS_FOR_A_RUN = 500
KEPT_SECONDS = 24 * 3600
SHOWN_NAME = 120
CHANGES_SHOWN = 50
PROBLEMS_SHOWN = 200


def keep(kind: Intake, file: "UploadedFile[bytes]", *, by: User, wishes: dict[str, Any] | None = None) -> Upload:
    """Write the file under a random name; its row is the way back to it, for its sender alone."""
    require(kind.may(by))
    name = clean(Path(file.name or "").name).replace("\n", " ").replace("\t", " ")[-SHOWN_NAME:]
    key = keep_content(file.read())
    wishes = (wishes or {}) | {"language": get_language()}
    return Upload.objects.create(key=key, kind=kind.key, name=name, wishes=wishes, sent_by=by)


def read_again(upload: Upload, **reading: Any) -> Upload:
    """Remember how the file is to be read, as its sender has answered."""
    upload.reading, upload.found = upload.reading | reading, {}
    upload.save(update_fields=["reading", "found"])
    return upload


def sheet_of(upload: Upload) -> Sheet:
    return read(kind_named(upload.kind), path_of(upload.key).read_bytes(), name=upload.name, **upload.reading)


def read(kind: Intake, content: Source, *, name: str, **reading: Any) -> Sheet:
    """Read a file with all that the kind knows about it."""
    with without_garbage_collection():
        return read_sheet(content, name=name, **reading_of(kind, reading))


def reading_of(kind: Intake, reading: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that `read_sheet` is told about a file of this kind."""

    def known() -> Iterator[str]:
        # Asked for only where an encoding has to be decided.
        yield from kind.known()

    return {**reading, "headings": kind.headings(), "known": known(), "aside": list(kind.apart())}


def plan(kind: Intake, sheet: Sheet, *, by: User | None, held: bool = False, **wishes: Any) -> Plan:
    """Say what the table would do; its rows are given away one by one, since a big one is not held twice."""
    wishes.pop("language", None)
    return kind.plan(sheet.headers, drained(sheet), by=by, held=held, **wishes)


def drained(sheet: Sheet) -> Iterator[tuple[int, tuple[Value, ...]]]:
    sheet.rows.reverse()
    while sheet.rows:
        row = sheet.rows.pop()
        yield row.number, row.cells.line


@transaction.atomic
def take_in(
    kind: Intake,
    sheet: Sheet,
    *,
    by: User | None = None,
    note: str = "",
    confirmed: str | None = None,
    dry_run: bool = False,
    **wishes: Any,
) -> Plan:
    """Carry a table out: all of it or none, unless partial is wished; only the plan of that digest where one is named.

    `by` is None for the office's command.
    """
    if by is not None:
        require(kind.may(by))
    with without_garbage_collection():
        return _taken_in(kind, sheet, by=by, note=note, confirmed=confirmed, dry_run=dry_run, **wishes)


def _taken_in(
    kind: Intake, sheet: Sheet, *, by: User | None, note: str, confirmed: str | None, dry_run: bool, **wishes: Any
) -> Plan:
    found = plan(kind, sheet, by=by, held=not dry_run, **wishes)
    if confirmed is not None and found.digest() != confirmed:
        raise Overtaken(_("Nothing was taken in: what the file is compared with has changed. Please look again."))
    if not dry_run and found.lines_in():
        try:
            # A refusal of the database must leave the transaction of the caller usable.
            with transaction.atomic():
                found.write(by=by, note=note)
        except IntegrityError as refusal:
            raise Overtaken(_("Somebody else changed the same at the same moment. Please try again.")) from refusal
    return found


def look(upload: Upload, sheet: Sheet) -> Upload:
    """Find what the file would do, keep that with its digest, and mark its mistakes in a workbook beside it."""
    kind = kind_named(upload.kind)
    notes = [str(note) for note in getattr(sheet, "notes", ())]
    with transaction.atomic():
        found = plan(kind, sheet, by=upload.sent_by, **upload.wishes)
        upload.found = outcome_of(found) | {"notes": notes + found.remarks}
    problems = found.problems
    del found
    if problems:
        reading = reading_of(kind, upload.reading)
        with path_of(upload.key).with_suffix(".xlsx").open("wb") as marked:
            mark_errors(path_of(upload.key).read_bytes(), problems, marked, name=upload.name, **reading)
    upload.save(update_fields=["found"])
    return upload


def outcome_of(found: Plan) -> dict[str, Any]:
    """Return what a page shows of a plan, as plain values."""
    changes = [
        [
            line.number,
            line.code,
            found.name_of(line),
            line.outcome,
            [[str(word) for word in change] for change in words],
        ]
        for line, words in found.changes(CHANGES_SHOWN)
    ]
    return {
        "counts": found.found(),
        "digest": found.digest(),
        "goes_in": found.goes_in,
        "means": found.meaning(),
        "changes": changes,
        "unread": [] if found.refuses_unknown else found.unread,
        "kept": [[heading, kept.count, kept.rows] for heading, kept in found.kept.items()],
        "problems": told(found.problems),
        "problems_count": len(found.problems),
        "questions": told(found.questions),
        "questions_count": len(found.questions),
    }


def told(problems: Sequence[Problem]) -> list[list[Any]]:
    """Return the first problems as plain values."""
    return [[one.row, one.column, str(one.sentence)] for one in problems[:PROBLEMS_SHOWN]]


@transaction.atomic
def confirm(upload: Upload, *, by: User, digest: str, sheet: Sheet) -> Plan:
    """Take in what was seen; a file goes in once."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    kind = kind_named(upload.kind)
    if upload.taken_at:
        raise Overtaken(_("This file has been taken in already."))
    found = take_in(kind, sheet, by=by, note=upload.name, confirmed=digest, **upload.wishes)
    upload.found |= {"counts": found.counts(), "changes": []}
    upload.taken_at, upload.taken_by = timezone.now(), by
    upload.save(update_fields=["found", "taken_at", "taken_by"])
    record(upload, "imported", by=by, after=found.counts(), note=upload.name)
    # Until the transaction holds somebody may have to try again.
    transaction.on_commit(lambda: path_of(upload.key).unlink(missing_ok=True))
    return found


def ask_for(task: str, upload: Upload, *, by: User, title: Spoken, digest: str = "") -> Run:
    """Let a run do what takes longer than a page may."""
    return request_run(
        task,
        key=f"{task}:{upload.key}:{digest or secrets.token_hex(8)}"[:200],
        title=title,
        parameters={"upload": upload.pk, "digest": digest},
        by=by,
    )


def run_of(upload: Upload) -> Run | None:
    """Return the run that looks at a file."""
    return Run.objects.filter(key__startswith=f"{CHECK}:{upload.key}").first()


def keep_content(content: bytes) -> str:
    """Write the bytes under a random name of a private folder, and clear away what nobody came back for."""
    folder = uploads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    clear_away(folder)
    name = secrets.token_urlsafe(24)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(content)
    return name


def uploads_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "uploads"


def path_of(key: str) -> Path:
    """Return where the file of a key lies; a key that is no plain name is none of ours."""
    if not key or get_valid_filename(key) != key:
        raise FileNotFoundError(key)
    return uploads_folder() / key


def clear_away(folder: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
