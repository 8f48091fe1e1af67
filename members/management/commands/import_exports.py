"""Take in a file that the library system has put out."""

from django.core.management.base import CommandError

from fsul_portal.intake.commands import IntakeCommand
from members.periods.models import period_days
from members.returns.sources.models import ExportSource


class Command(IntakeCommand):
    help = "Imports an export of the library system: its figures become drafts, and nothing is handed in (6.2.1 j)."
    kind = "exports"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--source", required=True, metavar="NAME", help="Which export it is, as the office calls it."
        )
        parser.add_argument("--period", default="", metavar="2026-10", help="The month, where no column says it.")

    def wishes(self, options):
        source, period = source_named(options["source"]), options["period"]
        if not period and not source.period_heading:
            raise CommandError(f"No column of {source} says the month: name it with --period.")
        if period and not is_month(period):
            raise CommandError(f"{period} is no month; write 2026-10.")
        # An empty cell of an export says nothing about what somebody else has typed.
        return {"source": source, "period": period, "clear_empty": False}


def source_named(name):
    """Return the export in use that bears a name."""
    in_use = ExportSource.objects.in_use()
    found = in_use.filter(name=name).first()
    if found is None:
        known = ", ".join(in_use.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"There is no export called {name}; known: {known}.")
    return found


def is_month(code):
    try:
        period_days(code)
    except ValueError:
        return False
    return len(code) == 7
