"""Know every reminder of every room, so that one command and one job can do them all.

A room registers a function `due(day) -> iterable of Notice` from its own tasks module; what it returns are the notices
which it wrote anew, so that a second call returns nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date

REMINDERS: dict[str, Callable[[date], Iterable]] = {}


def reminder(clause):
    """Register a function as the reminder of a clause."""

    def register(function):
        REMINDERS[f"{clause} {function.__name__}"] = function
        return function

    return register


def remind(day):
    """Do the reminders due on that day; return the new notices."""
    return [notice for name in sorted(REMINDERS) for notice in REMINDERS[name](day)]
