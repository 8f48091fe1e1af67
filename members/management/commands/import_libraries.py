"""Load libraries from a file."""

from fsul_portal.intake.commands import IntakeCommand
from members.management.commands._days import day


class Command(IntakeCommand):
    help = "Loads libraries from a CSV or XLSX file, all rows or none (6.2.1 e)."
    kind = "libraries"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--on", metavar="DAY", help="The day from which changed facts hold; today by default.")

    def wishes(self, options):
        return {"on": day(options["on"])}
