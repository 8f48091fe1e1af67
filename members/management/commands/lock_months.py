"""Lock many months at once, such as those of a history that was imported."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from fsul_portal.verdicts import Overtaken
from members.months.actions import lock
from members.people.models import User
from members.periods.models import month_before, period_days, period_named
from members.returns.due.completeness import completeness


class Command(BaseCommand):
    help = "Locks all months from FROM to TO in the name of a person who may: all of them or none (6.2.1 j)."

    def add_arguments(self, parser):
        parser.add_argument("first", metavar="FROM", help="the first month, such as 2011-01")
        parser.add_argument("last", metavar="TO", help="the last month, such as 2013-12")
        parser.add_argument("--by", required=True, metavar="NAME", help="the account of who answers for it")
        parser.add_argument(
            "--with-missing", action="store_true", help="lock also months in which libraries are missing; they stay so"
        )

    def handle(self, *args, first, last, by, with_missing, **options):
        months = months_between(first, last)
        person = User.objects.filter(username=by).first()
        if person is None:
            raise CommandError(f"There is no account called {by}.")
        with translation.override("zh-hans"), transaction.atomic():
            for month in months:
                self.lock(month, person, with_missing)
        self.stdout.write(f"{len(months)} locked")

    def lock(self, month, person, with_missing):
        counts = completeness(period_named(month))
        try:
            lock(month, by=person, acknowledged=counts.missing if with_missing else 0)
        except (PermissionDenied, Overtaken) as refusal:
            raise CommandError(f"{month}: {refusal} Nothing was locked.") from refusal
        self.stdout.write(f"{month}: {counts.expected} expected, {counts.accepted} accepted, {counts.missing} missing")


def months_between(first, last):
    """Return the codes of the months from the first to the last, both included."""
    for code in (first, last):
        if len(code) != 7 or not _is_period(code):
            raise CommandError(f"{code} is no month; write 2011-01.")
    if last < first:
        raise CommandError("The last month comes before the first.")
    codes = [last]
    while codes[-1] > first:
        codes.append(month_before(codes[-1]))
    return codes[::-1]


def _is_period(code):
    try:
        period_days(code)
    except ValueError:
        return False
    return True
