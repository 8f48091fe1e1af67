"""Load what the portal cannot do without; what is there already stays as it is."""

from django.core.management.base import BaseCommand
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from fsul_portal.calendar.actions import load_published_days
from members.indicators.dictionary import load_first_indicators
from members.libraries.divisions import load_foshan
from workgroups.groups.actions import found_first_groups

EVERY = {"runs.sweep": 20, "notices.send": 30}
DAILY = {"filings.apply_due": (0, 5), "notices.remind": (8, 30)}


class Command(BaseCommand):
    help = "Loads divisions, indicators, working groups, working days and schedules; running it again changes nothing."

    def handle(self, *args, **options):
        self.stdout.write(f"{load_foshan()} divisions created")
        self.stdout.write(f"{load_first_indicators()} indicators created")
        self.stdout.write(f"{found_first_groups()} working groups created")
        self.stdout.write(f"{load_published_days()} years of working days created")
        self.stdout.write(f"{load_schedules()} schedules created")


def load_schedules():
    """Put the portal's jobs on the clock; the administrator may change the times afterwards."""
    fresh = 0
    for task, seconds in EVERY.items():
        interval, __ = IntervalSchedule.objects.get_or_create(every=seconds, period=IntervalSchedule.SECONDS)
        fresh += PeriodicTask.objects.get_or_create(name=task, defaults={"task": task, "interval": interval})[1]
    for task, (hour, minute) in DAILY.items():
        crontab, __ = CrontabSchedule.objects.get_or_create(
            hour=hour, minute=minute, day_of_week="*", day_of_month="*", month_of_year="*", timezone="Asia/Shanghai"
        )
        fresh += PeriodicTask.objects.get_or_create(name=task, defaults={"task": task, "crontab": crontab})[1]
    return fresh
