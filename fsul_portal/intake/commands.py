"""Let a command take a file in, tell each refused row, and end as its last line says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fsul_portal.intake.actions import read, reading_of, take_in
from fsul_portal.intake.kinds import kind_named
from fsul_portal.intake.plans import OUTCOMES, Plan
from fsul_portal.sheets import Problem, Sheet, SheetRefused, SheetUnclear, mark_errors
from fsul_portal.verdicts import Overtaken

READING = ("encoding", "sheet", "hidden")


class IntakeCommand(BaseCommand):
    """Take a file in, all rows or none; the exit status is 1 when anything was refused."""

    kind: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A CSV or XLSX file in the documented format.")
        parser.add_argument("--dry-run", action="store_true", help="Change nothing, only tell what would happen.")
        parser.add_argument("--partial", action="store_true", help="Take the good rows in where others are refused.")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="Write the table with its mistakes marked.")
        parser.add_argument("--encoding", metavar="NAME", help="The encoding of a text file that is not UTF-8.")
        parser.add_argument("--sheet", metavar="NAME", help="The sheet of the workbook that holds the table.")
        parser.add_argument("--hidden", choices=["read", "skip"], help="What becomes of hidden rows and columns.")
        parser.add_argument(
            "--clear-empty", action="store_true", help="Let an empty cell take back what is stored; else it is kept."
        )

    def handle(self, *args: Any, file: str | Path, dry_run: bool, errors: str | Path | None, **options: Any) -> None:
        # Called from Python the paths come as plain texts.
        file, kind = Path(file), kind_named(self.kind)
        content = content_of(file)
        reading = {name: options[name] for name in READING if options.get(name)}
        wishes = {"partial": options["partial"], "clear_empty": options["clear_empty"], **self.wishes(options)}
        try:
            sheet = read(kind, content, name=file.name, **reading)
            self.tell_reading(sheet)
            plan = take_in(kind, sheet, note=file.name, dry_run=dry_run, **wishes)
        except (SheetRefused, Overtaken) as refusal:
            self.stderr.write(str(getattr(refusal, "sentence", refusal)))
            if isinstance(refusal, SheetUnclear):
                self.stderr.write(_("Answer with one of these options: %(options)s") % {"options": refusal.options})
            self.finish(dict.fromkeys(OUTCOMES, 0), failed=True)
            return
        self.tell(plan)
        if errors and plan.problems:
            write_marked(Path(errors), content, plan.problems, file.name, reading_of(kind, reading))
        self.finish(plan.counts(), failed=bool(plan.problems))

    def wishes(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return what the plan of the kind is told beside what all are told."""
        return {}

    def tell_reading(self, sheet: Sheet) -> None:
        for note in getattr(sheet, "notes", ()):
            self.stderr.write(str(note))

    def tell(self, plan: Plan) -> None:
        """List what was not read, what is kept, questioned and refused."""
        if not plan.refuses_unknown:
            for header in plan.unread:
                self.stderr.write(_("The column “%(column)s” is not known; it was not read.") % {"column": header})
        for remark in plan.remarks:
            self.stderr.write(remark)
        for heading, kept in plan.kept.items():
            rows = ", ".join(map(str, kept.rows)) + (" …" if kept.count > len(kept.rows) else "")
            words = {"column": heading, "count": kept.count, "rows": rows}
            self.stderr.write(_("kept: column %(column)s: %(count)s empty cells (rows %(rows)s)") % words)
        for one in plan.questions:
            self.stdout.write(f"questioned: {in_a_line(one)}")
        for one in plan.problems:
            self.stderr.write(in_a_line(one))
        if not plan.goes_in:
            self.stderr.write(_("Nothing was taken in, because rows were refused; --partial takes the others in."))

    def finish(self, counts: Mapping[str, int], *, failed: bool) -> None:
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES))
        if failed:
            raise SystemExit(1)


def in_a_line(problem: Problem) -> str:
    """Say a problem in one line, whatever stood in the cell."""
    return " ".join(f"row {problem.row}, column {problem.column}: {problem.sentence}".split())


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem


def write_marked(path: Path, content: bytes, problems: Sequence[Problem], name: str, reading: dict[str, Any]) -> None:
    try:
        mark_errors(content, problems, str(path), name=name, **reading)
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem
