"""Let a command load a file through a resource, tell each refused row, and end as the contract says."""

from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fsul_portal.sheets import SheetRefused, mark_errors, read_sheet
from members.libraries.plans import OUTCOMES
from members.libraries.resources import load


class LoadCommand(BaseCommand):
    """Load a file, all rows or none; the exit status is 1 when anything was refused."""

    resource_class: type

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="A CSV or XLSX file in the documented format.")
        parser.add_argument("--dry-run", action="store_true", help="Change nothing, only tell what would happen.")
        parser.add_argument("--partial", action="store_true", help="Take the good rows in where others are refused.")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="Write the table with its mistakes marked.")

    def handle(self, *args, file, dry_run, partial, errors, **options):
        # Called from Python the paths come as plain texts.
        file = Path(file)
        content = read(file)
        resource = self.resource_class(partial=partial, note=file.name, **self.resource_options(options))
        try:
            plan = load(resource, read_sheet(content, name=file.name), dry_run=dry_run)
        except (SheetRefused, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell(plan)
        if errors:
            write_marked(errors, content, plan.problems, file.name)
        counts = plan.counts()
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES))
        if counts["refused"]:
            raise SystemExit(1)

    def resource_options(self, options):
        return {}

    def tell(self, plan):
        for header in plan.unread:
            self.stderr.write(_("The column “%(column)s” is not known; it was not read.") % {"column": header})
        for problem in sorted(plan.questions, key=lambda one: one.row):
            self.stderr.write(f"questioned: row {problem.row}, column {problem.column}: {problem.sentence}")
        for problem in sorted(plan.problems, key=lambda one: one.row):
            self.stderr.write(f"row {problem.row}, column {problem.column}: {problem.sentence}")
        if not plan.goes_in:
            self.stderr.write(_("Nothing was taken in, because rows were refused; --partial takes the others in."))


def read(path):
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem


def write_marked(path, content, problems, name):
    try:
        mark_errors(content, problems, str(path), name=name)
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem


def day(text):
    """Read a day of the command line; None stays None."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError as problem:
        raise CommandError(f"A day is written like 2016-12-31, not {text!r}.") from problem
