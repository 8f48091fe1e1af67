"""Know every reminder of every room, so that one command and one job can do them all.

A room registers a function `due(day) -> iterable of Notice` from its own tasks module; what it returns are the notices
which it wrote anew, so that a second call returns nothing. It asks what is due by that day, not what is due on it: on a
day on which no worker ran nothing would be told, and nobody would know. `step_due` answers that for days before an end.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from celery import current_app
from django.db import transaction

from fsul_portal.notices.models import Notice

logger = logging.getLogger(__name__)

# Missed days are made up for so long; what nobody was told of in a month is found in the lists.
MADE_UP_FOR = timedelta(days=31)

Reminder = Callable[[date], Iterable[Notice]]
REMINDERS: dict[str, Reminder] = {}


def reminder(clause: str) -> Callable[[Reminder], Reminder]:
    """Register a function as the reminder of a clause."""

    def register(function: Reminder) -> Reminder:
        REMINDERS[f"{clause} {function.__name__}"] = function
        return function

    return register


def step_due(end: date, before: Iterable[int], day: date, *, since: date) -> int | None:
    """Return the last of the steps before an end (days; negative ones after it) that has come, None where none has.

    since: when the thing was entered; what lay behind it then is no reminder that was missed. The step belongs to the
    key of the notice, with the end: so each is told once, on its day or later.
    """
    come = [step for step in before if since <= end - timedelta(days=step) <= day]
    return min(come, default=None)


class RemindersBroken(Exception):
    """Say which reminders did not work; the notices which the others wrote are in `notices`."""

    def __init__(self, names: list[str], notices: list[Notice]) -> None:
        super().__init__(f"These reminders did not work, see the log: {', '.join(names)}.")
        self.notices = notices


def remind(day: date) -> list[Notice]:
    """Do the reminders due on that day; return the new notices. One that breaks holds up no other."""
    # A worker has loaded the rooms' tasks long ago; a command has not.
    current_app.loader.import_default_modules()
    notices: list[Notice] = []
    broken: list[str] = []
    for name in sorted(REMINDERS):
        try:
            with transaction.atomic():
                notices += REMINDERS[name](day)
        except Exception:
            logger.exception("The reminder of %s did not work on %s.", name, day)
            broken.append(name)
    if broken:
        raise RemindersBroken(broken, notices)
    return notices
