"""Hold every reminder of the house: on its day or later it tells, each thing once, and the next of its kind anew."""

from datetime import date, datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
import time_machine
from celery import current_app

from fsul_portal import rooms
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import MADE_UP_FOR, REMINDERS, step_due
from tests.english import in_english
from tests.reminders_table import DAY, SITUATIONS

__all__ = ["in_english"]
pytestmark = pytest.mark.usefixtures("in_english")

ALL = [pytest.param(*row, id=f"{name}: {row[0].__name__}") for name, rows in SITUATIONS.items() for row in rows]
LAST = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def a_day_in_march():
    # As a worker does when it starts.
    current_app.loader.import_default_modules()
    with time_machine.travel(datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


def test_every_reminder_is_tried_here():
    assert {name for name in SITUATIONS if not name.startswith("grammar: ")} == set(REMINDERS)


def test_every_grammar_that_reminds_is_tried_here():
    letters = [name for name in rooms.holding("letters") if hasattr(import_module(f"{name}.letters"), "remind")]
    assert {f"grammar: {name.split('.')[-1]}" for name in letters} <= set(SITUATIONS)


@pytest.mark.parametrize(("arrange", "remind"), ALL)
def test_on_each_of_its_days_somebody_is_told_and_once(arrange, remind, cast):
    for day in arrange(cast, again=False):
        assert (len(remind(day)) > 0, remind(day)) == (True, []), day


@pytest.mark.parametrize(("arrange", "remind"), ALL)
def test_a_day_on_which_no_worker_ran_is_made_up_for_and_once(arrange, remind, cast):
    for day in arrange(cast, again=False):
        assert (len(remind(day + DAY)) > 0, remind(day + DAY)) == (True, []), day


@pytest.mark.parametrize(("arrange", "remind"), ALL)
def test_a_day_that_was_held_is_not_told_again_on_the_next(arrange, remind, cast):
    # An announcement of what is overdue is another sentence than that of the day.
    for day in arrange(cast, again=False):
        told = {(one.recipient_id, one.subject) for one in remind(day)}
        again = {(one.recipient_id, one.subject) for one in remind(day + DAY)}
        assert told & again == set(), day


@pytest.mark.parametrize(("arrange", "remind"), ALL)
def test_the_next_of_the_kind_is_told_anew(arrange, remind, cast):
    """A key that names neither the thing nor its day or year would be told once for ever."""
    for day in arrange(cast, again=False):
        remind(day)
    keys = set(Notice.objects.values_list("key", flat=True))
    for day in arrange(cast, again=True):
        assert {one.key for one in remind(day)} - keys != set(), day


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (LAST - 31 * DAY, None),
        (LAST - 30 * DAY, 30),
        (LAST - 8 * DAY, 30),
        (LAST - 7 * DAY, 7),
        (LAST, 7),
        (LAST + DAY, -1),
        (LAST + 40 * DAY, -1),
    ],
)
def test_a_step_is_due_from_its_day_to_the_next_step(day, step):
    assert step_due(LAST, (30, 7, -1), day, since=date(2026, 1, 1)) == step


def test_what_lay_behind_when_a_thing_was_entered_was_not_missed():
    assert [step_due(LAST, (30, 7), LAST - DAY, since=LAST - before * DAY) for before in (30, 29, 6)] == [7, 7, None]
    assert MADE_UP_FOR.days == 31
