"""Build the demo through the real actions."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from committee.proposals.suggestions import gather
from members.libraries.models import Library
from members.periods.models import month_before
from members.returns.rollup.actions import fold, settle, to_fold
from members.returns.rollup.awaited import count_awaited
from reports.demo.story import Story


class Command(BaseCommand):
    help = (
        "Builds the demo: invented libraries, people, returns, filings and meetings. The same seed gives the same demo."
    )

    def add_arguments(self, parser):
        parser.add_argument("--libraries", type=int, default=350)
        parser.add_argument(
            "--months", type=int, default=22, help="How many months of returns, the one due now included"
        )
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *args, libraries, months, seed, **options):
        if Library.objects.exists():
            self.stdout.write("The registry has libraries already; the demo is only loaded into an empty portal.")
            return
        if libraries < 1 or months < 1:
            raise CommandError("--libraries and --months take numbers from 1 on.")
        call_command("load_defaults", stdout=self.stdout)
        with translation.override("zh-hans"), transaction.atomic():
            self.tell(Story(seed), libraries, months)

    def tell(self, story, libraries, months):
        self.act("libraries and people", story.open_libraries, libraries)
        story.seat_people()
        codes = [month_before(story.due_month, back) for back in range(months - 1, -1, -1)]
        if codes[0].endswith("-01"):
            self.act("figures of the year before", story.report_year, int(codes[0][:4]) - 1)
        for month in codes[:-1]:
            self.act(f"returns of {month}", story.report_month, month)
            story.lock_month(month)
        self.act(f"returns of {codes[-1]}, under way", story.report_month, codes[-1], story.done_districts())
        story.work_on_month(codes[-1])
        self.act("meetings", story.hold_meetings)
        self.act("institutions, plans and projects", story.steer)
        self.act("the plan of the annual report", story.plan_report)
        self.act("filings", story.file_changes)
        self.act("deputies", story.name_deputy)
        self.act("what meetings should talk about", gather)
        self.act("sums of the returns", self.add_up)
        self.stdout.write(self.style.SUCCESS(f"Demo loaded: {Library.objects.count()} libraries, {months} months."))

    def add_up(self):
        settle(timezone.now())
        count_awaited()
        for period in to_fold():
            fold(period)

    def act(self, title, action, *arguments):
        self.stdout.write(f"… {title}")
        action(*arguments)
