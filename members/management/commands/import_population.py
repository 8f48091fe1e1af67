"""Load the population of divisions from a file."""

from fsul_portal.intake.commands import IntakeCommand


class Command(IntakeCommand):
    help = "Loads how many people live in each division and year from a CSV or XLSX file, all rows or none (6.2.1 j)."
    kind = "population"
