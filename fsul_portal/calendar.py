"""Know the working days of China, as far as they are published."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due; `known` is False where the holidays of that year are not published yet."""

    day: date
    known: bool


def first_working_day(day):
    """Return the day itself when it is a working day, else the next one that is.

    Of a year whose holidays are not known the plain day is returned: nothing is guessed, and the deadline says so.
    """
    try:
        while not chinese_calendar.is_workday(day):
            day += timedelta(days=1)
    except NotImplementedError:
        return Deadline(day, known=False)
    return Deadline(day, known=True)
