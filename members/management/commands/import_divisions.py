"""Load divisions from a file."""

from members.libraries.resources import DivisionResource
from members.management.commands._loading import LoadCommand


class Command(LoadCommand):
    help = "Loads cities, districts and towns from a CSV or XLSX file, all rows or none."
    resource_class = DivisionResource
