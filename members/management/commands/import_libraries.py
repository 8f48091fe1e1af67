"""Load libraries from a file."""

from members.libraries.resources import LibraryResource
from members.management.commands._loading import LoadCommand, day


class Command(LoadCommand):
    help = "Loads libraries from a CSV or XLSX file, all rows or none."
    resource_class = LibraryResource

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--on", metavar="DAY", help="The day from which changed facts hold; today by default.")

    def resource_options(self, options):
        return {"on": day(options["on"])}
