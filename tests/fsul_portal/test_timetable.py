"""Hold the clock: what the cards say comes, changes and goes; what the office has set stays."""

import pytest
from django.core.management import call_command
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask, PeriodicTasks

from fsul_portal import rooms
from fsul_portal.rooms import Card, Job
from fsul_portal.runs.models import LoadedJob
from fsul_portal.runs.timetable import load_timetable, times_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(monkeypatch):
    """Let one room say other jobs, as its card would after an upgrade: `say(Job(…))`; returns what was changed."""

    def say(*jobs):
        monkeypatch.setattr(rooms, "cards", lambda: {"a.room": Card(jobs=jobs)})
        return load_timetable()

    return say


def clock():
    return {row.name: times_of(row) for row in PeriodicTask.objects.exclude(name__startswith="celery.")}


def set_by_the_office(name, **schedule):
    row = PeriodicTask.objects.get(name=name)
    for field, value in ({"interval": None, "crontab": None} | schedule).items():
        setattr(row, field, value)
    row.save()


def at(hour, minute, **more):
    return CrontabSchedule.objects.create(hour=hour, minute=minute, timezone="Asia/Shanghai", **more)


def test_the_jobs_of_the_house_are_loaded_once():
    call_command("load_defaults", verbosity=0)
    before = (clock(), list(PeriodicTask.objects.values()), list(LoadedJob.objects.values()))
    assert clock() == {job.task: job.times for job in rooms.jobs()}
    assert load_timetable() == 0
    call_command("load_defaults", verbosity=0)
    assert (clock(), list(PeriodicTask.objects.values()), list(LoadedJob.objects.values())) == before


def test_another_time_in_the_card_arrives(say):
    assert say(Job("a", daily=(8, 30)), Job("b", every=30)) == 2
    assert say(Job("a", daily=(7, 5)), Job("b", daily=(7, 5))) == 2
    assert clock() == {"a": "daily 07:05", "b": "daily 07:05"}
    assert say(Job("a", every=60), Job("b", daily=(7, 5))) == 1
    assert clock() == {"a": "every 60", "b": "daily 07:05"}
    assert say(Job("a", every=60), Job("b", daily=(7, 5))) == 0


def test_a_job_of_one_day_of_the_week_comes_and_moves(say):
    assert (say(Job("a", daily=(8, 30), weekday=1)), clock()) == (1, {"a": "weekday 1 08:30"})
    assert say(Job("a", daily=(8, 30), weekday=1)) == 0
    assert (say(Job("a", daily=(8, 30), weekday=5)), clock()) == (1, {"a": "weekday 5 08:30"})
    assert (say(Job("a", daily=(8, 30))), clock()) == (1, {"a": "daily 08:30"})


@pytest.mark.parametrize("wrong", [{"every": 60, "weekday": 1}, {"daily": (8, 30), "weekday": 7}])
def test_a_day_of_the_week_is_one_and_has_a_time(wrong):
    with pytest.raises(ValueError, match="a runs on a day of the week from 0 to 6, at a time"):
        Job("a", **wrong)


@pytest.mark.parametrize(
    ("schedule", "seen"),
    [
        (lambda: {"crontab": at("9", "15")}, "daily 09:15"),
        (lambda: {"interval": IntervalSchedule.objects.create(every=90, period="seconds")}, "every 90"),
        (lambda: {"crontab": at("8", "30", day_of_week="1-5")}, None),
        (lambda: {"crontab": at("8,20", "30")}, None),
        (lambda: {"interval": IntervalSchedule.objects.create(every=1, period="days")}, None),
    ],
)
def test_what_the_office_has_set_stays(say, schedule, seen):
    say(Job("a", daily=(8, 30)))
    set_by_the_office("a", **schedule())
    own = clock()
    assert (seen is None or own == {"a": seen}, own != {"a": "daily 08:30"}) == (True, True)
    for __ in range(2):
        assert (say(Job("a", daily=(7, 0))), clock()) == (0, own)


def test_what_the_office_has_switched_off_stays_off_at_its_new_time(say):
    say(Job("a", daily=(8, 30)))
    PeriodicTask.objects.filter(name="a").update(enabled=False)
    assert say(Job("a", daily=(7, 0))) == 1
    assert (clock(), PeriodicTask.objects.get(name="a").enabled) == ({"a": "daily 07:00"}, False)


def test_who_has_gone_back_to_the_time_of_the_card_follows_it_again(say):
    say(Job("a", daily=(8, 30)))
    set_by_the_office("a", crontab=at("9", "0"))
    say(Job("a", daily=(7, 0)))
    set_by_the_office("a", crontab=at("7", "0"))
    assert (say(Job("a", daily=(6, 0))), clock()) == (1, {"a": "daily 06:00"})


def test_a_job_that_no_card_names_goes_and_those_of_the_office_stay(say):
    say(Job("a", every=30), Job("b", every=30))
    every = IntervalSchedule.objects.get()
    PeriodicTask.objects.create(name="the office's own", task="runs.sweep", interval=every)
    assert (say(Job("a", every=30)), say(Job("a", every=30))) == (1, 0)
    assert clock() == {"a": "every 30", "the office's own": "every 30"}
    assert list(LoadedJob.objects.values_list("task", flat=True)) == ["a"]
    assert (say(Job("a", every=30), Job("b", every=30)), len(clock())) == (1, 3)


def test_a_job_that_somebody_has_removed_comes_back(say):
    say(Job("a", daily=(8, 30)))
    PeriodicTask.objects.filter(name="a").delete()
    assert (say(Job("a", daily=(8, 30))), clock()) == (1, {"a": "daily 08:30"})


def test_a_job_of_which_nobody_knows_how_it_was_loaded_keeps_its_time(say):
    PeriodicTask.objects.create(name="a", task="a", crontab=at("9", "0"))
    assert (say(Job("a", daily=(8, 30))), say(Job("a", daily=(7, 0))), clock()) == (0, 0, {"a": "daily 09:00"})


def test_two_rows_of_one_time_are_no_trouble(say):
    for __ in range(2):
        at("8", "30")
        IntervalSchedule.objects.create(every=30, period="seconds")
    assert say(Job("a", daily=(8, 30)), Job("b", every=30)) == 2


def test_the_clock_hears_of_a_change(say):
    say(Job("a", every=30))
    PeriodicTasks.objects.all().delete()
    say(Job("a", every=30))
    assert PeriodicTasks.last_change() is None
    say(Job("a", every=60))
    assert PeriodicTasks.last_change() is not None


@pytest.mark.parametrize("facts", [{}, {"every": 30, "daily": (8, 30)}, {"every": -1}, {"daily": (24, 0)}])
def test_a_job_without_one_proper_time_is_a_mistake(facts):
    with pytest.raises(ValueError, match=r"^a runs either every so many seconds or daily at a time\.$|hour must be in"):
        Job("a", **facts)
