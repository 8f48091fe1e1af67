"""Hold the sums and scores of the returns against the returns, and mend them."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.periods.models import Period
from members.returns.checks.scores.actions import differing as scores_differing
from members.returns.rollup.actions import fold, mend, settle
from members.returns.rollup.awaited import count_awaited


class Command(BaseCommand):
    help = "Holds the sums of each period against its returns and says what differs; --mend puts it right."

    def add_arguments(self, parser):
        parser.add_argument("periods", nargs="*", metavar="PERIOD", help="such as 2026-03; all without one")
        parser.add_argument("--mend", action="store_true", help="add what lacks; a second time there is nothing to add")

    def handle(self, *args, periods, mend, **options):
        chosen = Period.objects.filter(code__in=periods) if periods else Period.objects.all()
        if mend:
            settle(timezone.now())
        differing = sum(self.look_at(period, mend) for period in chosen.order_by("code"))
        if mend:
            count_awaited()
        elif differing:
            raise CommandError(f"{differing} sums do not follow from the returns; --mend puts them right.")
        self.stdout.write(f"{chosen.count()} periods, {differing} sums differed")

    def look_at(self, period, write):
        lacking = mend(period, write=write)
        if lacking is None:
            raise CommandError(f"{period.code}: somebody writes returns now; try again.")
        if lacking:
            self.stdout.write(f"{period.code}: {lacking}")
        if scores := scores_differing(period, write=write):
            self.stdout.write(f"{period.code}: {scores} scores")
        if write:
            fold(period)
        return lacking + scores
