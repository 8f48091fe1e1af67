"""Build a report in the foreground."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from fsul_portal.printing.jobs import Presses
from reports.editions.actions import FORMATS, PeriodRefused, freeze_edition, gaps_told, render
from reports.editions.models import Edition


class Command(BaseCommand):
    help = "Builds a report out of what is accepted and writes it to a file."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=Edition.Kind.values)
        parser.add_argument("period", help="2025 for the annual report, 2025-03 for a monthly one")
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument("--language", choices=("zh-hans", "en"), default="zh-hans")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="how many print a long report at once"
        )

    def handle(self, *args, kind, period, out, **options):
        with translation.override("zh-hans"):
            try:
                edition = freeze_edition(kind, period, tell=self.progress)
            except PeriodRefused as problem:
                raise CommandError(str(problem)) from problem
            try:
                self.write(edition, out, options)
            except OSError as problem:
                raise CommandError(f"{out} could not be written: {problem.strerror or problem}") from problem
        face = "provisional " if edition.provisional else ""
        self.stdout.write(f"{out}: {face}{kind} report {period}, edition {edition.number}")

    def write(self, edition, out, options):
        """Write beside the target and move it there at the end, so that a failure leaves the old file as it was."""
        with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=".report-") as folder:
            beside = Path(folder) / out.name
            with beside.open("wb") as document:
                gaps = render(
                    edition,
                    options["format"],
                    document,
                    language=options["language"],
                    progress=self.progress,
                    press=Presses(options["processes"]),
                )
            os.replace(beside, out)
        if gaps:
            self.stderr.write(gaps_told(gaps))

    def progress(self, done, total, message=""):
        if self.stderr.isatty():
            filled = 30 * done // max(total, 1)
            self.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {message}", ending="")
            self.stderr.flush()
