"""Import returns from a file."""

from fsul_portal.intake.commands import IntakeCommand
from members.returns.models import Return


class Command(IntakeCommand):
    help = "Imports returns from a CSV or XLSX file: all rows or none, unless --partial (6.2.1 j)."
    kind = "returns"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        states = [Return.State.ACCEPTED.value, Return.State.SUBMITTED.value]
        parser.add_argument("--as", dest="state", choices=states, default=states[0])

    def wishes(self, options):
        return {"state": options["state"]}
