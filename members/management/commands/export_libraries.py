"""Write the libraries of a day into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from fsul_portal.intake.resources import FORMATS, write_table
from members.libraries.intake.columns import LIBRARY_COLUMNS
from members.libraries.intake.resources import LibraryResource
from members.management.commands._days import day


class Command(BaseCommand):
    help = "Writes the libraries that belonged to the system on a day, as they were on that day."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DAY", help="The day, as 2016-12-31; today by default.")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv|FILE.xlsx")

    def handle(self, *args, on, out, **options):
        out = Path(out)
        format = out.suffix.lower().removeprefix(".")
        if format not in FORMATS:
            raise CommandError(f"--out takes a file ending in .csv or .xlsx, not {out.name!r}.")
        on = day(on) or timezone.localdate()
        try:
            with out.open("wb") as file:
                write_table(file, LibraryResource(on=on).export(), format, f"{on:%Y-%m-%d}", LIBRARY_COLUMNS)
        except OSError as problem:
            raise CommandError(f"{out}: {problem.strerror}") from problem
