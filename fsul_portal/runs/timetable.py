"""Put the jobs of the rooms on the clock, and leave to the office what it has set for itself."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from fsul_portal.rooms import Job, jobs
from fsul_portal.runs.models import LoadedJob
from fsul_portal.templatetags.figures import NOTHING


@transaction.atomic
def load_timetable() -> int:
    """Bring the clock to what the cards say; return how many jobs came, went or got another time.

    A time that the office has changed stays, and so does a job that it has switched off.
    """
    wanted = {job.task: job for job in jobs()}
    return sum(_load(job) for job in wanted.values()) + _take_off(LoadedJob.objects.exclude(task__in=wanted))


def _load(job: Job) -> bool:
    loaded = LoadedJob.objects.filter(task=job.task).first()
    row = PeriodicTask.objects.select_for_update().filter(name=job.task).first()
    # What stood there before it was kept how it was loaded may be the office's own.
    moves = row is None or (loaded is not None and loaded.times != job.times and times_of(row) == loaded.times)
    if row is None:
        PeriodicTask.objects.create(name=job.task, task=job.task, **_schedule(job))
    elif moves:
        for field, schedule in _schedule(job).items():
            setattr(row, field, schedule)
        # Saved one by one, since beat hears of it by a signal.
        row.save()
    LoadedJob.objects.update_or_create(task=job.task, defaults={"times": job.times})
    return moves


def _take_off(gone: Any) -> int:
    """Remove jobs that no card names any more: their task is unknown, and would fail each time."""
    names = list(gone.values_list("task", flat=True))
    PeriodicTask.objects.filter(name__in=names).delete()
    gone.delete()
    return len(names)


def times_of(row: Any) -> str:
    """Return the times of a job as a card says them; what no card could say is returned in words of its own."""
    if row.interval and row.interval.period == IntervalSchedule.SECONDS:
        return f"every {row.interval.every}"
    if row.crontab and _is_plain(row.crontab):
        day = "daily" if row.crontab.day_of_week == "*" else f"weekday {row.crontab.day_of_week}"
        return f"{day} {int(row.crontab.hour):02}:{int(row.crontab.minute):02}"
    return str(row.schedule)


def in_words(schedule: Any) -> str:
    """Return for people when something runs, of a row of seconds or of a crontab."""
    if isinstance(schedule, IntervalSchedule) and schedule.period == IntervalSchedule.SECONDS:
        return _("every %(count)s seconds") % {"count": schedule.every}
    if isinstance(schedule, CrontabSchedule) and _is_plain(schedule):
        at = f"{int(schedule.hour):02}:{int(schedule.minute):02}"
        if schedule.day_of_week == "*":
            return _("daily at %(time)s") % {"time": at}
        return _("%(weekday)s at %(time)s") % {"weekday": WEEKDAYS[(int(schedule.day_of_week) - 1) % 7], "time": at}
    return str(schedule or NOTHING)


def _is_plain(crontab: Any) -> bool:
    """Say whether a card could say it: a time of day, on every day or on one day of the week."""
    every = {crontab.day_of_month, crontab.month_of_year} == {"*"}
    week = crontab.day_of_week == "*" or crontab.day_of_week in set("0123456")
    in_figures = crontab.hour.isdecimal() and crontab.minute.isdecimal()
    return every and week and in_figures and str(crontab.timezone) == settings.TIME_ZONE


def _schedule(job: Job) -> dict[str, Any]:
    if job.daily is None:
        return {"interval": _row(IntervalSchedule, every=job.every, period=IntervalSchedule.SECONDS), "crontab": None}
    hour, minute = map(str, job.daily)
    days = {"day_of_week": "*" if job.weekday is None else str(job.weekday), "day_of_month": "*", "month_of_year": "*"}
    crontab = _row(CrontabSchedule, hour=hour, minute=minute, timezone=settings.TIME_ZONE, **days)
    return {"interval": None, "crontab": crontab}


def _row(model: Any, **facts: Any) -> Any:
    # Nothing keeps the office from having made the same one twice.
    return model.objects.filter(**facts).first() or model.objects.create(**facts)
