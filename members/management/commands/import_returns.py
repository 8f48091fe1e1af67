"""Import returns from a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from fsul_portal.sheets import SheetRefused, mark_errors
from members.returns.imports import ACCEPTED, SUBMITTED, import_returns


class Command(BaseCommand):
    help = "Imports returns from a CSV or XLSX file: all rows or none, unless --partial (6.2.1 j)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only say what would be done")
        parser.add_argument("--partial", action="store_true", help="take the good rows in although others are refused")
        parser.add_argument(
            "--errors", type=Path, metavar="OUT.xlsx", help="write the table back with its errors marked"
        )
        parser.add_argument("--as", dest="state", choices=[str(ACCEPTED), str(SUBMITTED)], default=str(ACCEPTED))

    def handle(self, *args, file, dry_run, partial, errors, state, **options):
        try:
            content = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from problem
        try:
            plan = import_returns(content, name=file.name, state=state, partial=partial, dry_run=dry_run)
        except SheetRefused as refusal:
            self.stderr.write(refusal.sentence)
            self.finish(dict.fromkeys(("created", "updated", "unchanged", "refused"), 0), failed=True)
            return
        self.tell(plan)
        if errors and plan.problems:
            mark_errors(content, plan.problems, errors, name=file.name)
        self.finish(plan.counts(), failed=bool(plan.problems))

    def tell(self, plan):
        """List what is refused and what is questioned."""
        for one in plan.problems:
            self.stderr.write(f"row {one.row}, column {one.column}: {one.sentence}")
        for one in plan.questioned:
            self.stdout.write(f"questioned: row {one.row}, column {one.column}: {one.sentence}")

    def finish(self, counts, *, failed):
        self.stdout.write(", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
        if failed:
            raise SystemExit(1)
