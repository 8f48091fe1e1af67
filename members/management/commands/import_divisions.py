"""Load divisions from a file."""

from fsul_portal.intake.commands import IntakeCommand


class Command(IntakeCommand):
    help = "Loads cities, districts and towns from a CSV or XLSX file, all rows or none (6.2.1 e)."
    kind = "divisions"
