"""Load what the portal cannot do without; what is there already stays as it is."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from fsul_portal.rooms import cards, jobs


class Command(BaseCommand):
    help = "Loads what the rooms cannot do without, and their schedules, each with how many were new; again, none is."

    def handle(self, *args, **options):
        for card in cards().values():
            for what, load in card.defaults.items():
                self.stdout.write(f"{what}: {load()}")
        self.stdout.write(f"schedules: {load_schedules()}")


def load_schedules():
    """Put the rooms' jobs on the clock; the administrator may change the times afterwards."""
    fresh = 0
    for job in jobs():
        defaults = {"task": job.task, **_times(job)}
        fresh += PeriodicTask.objects.get_or_create(name=job.task, defaults=defaults)[1]
    return fresh


def _times(job):
    if job.daily is None:
        interval, __ = IntervalSchedule.objects.get_or_create(every=job.every, period=IntervalSchedule.SECONDS)
        return {"interval": interval}
    hour, minute = job.daily
    crontab, __ = CrontabSchedule.objects.get_or_create(
        hour=hour,
        minute=minute,
        day_of_week="*",
        day_of_month="*",
        month_of_year="*",
        timezone=settings.TIME_ZONE,
    )
    return {"crontab": crontab}
