"""Count working days.

The special days are read once a request or task and kept in its thread, so that a list of a thousand due days costs one
query; `forget` lets go of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from asgiref.local import Local

from fsul_portal.calendar.models import SpecialDay

ONE_DAY = timedelta(days=1)
SATURDAY = 5

_kept = Local()


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due; `known` is False where the holidays of that year are not published yet."""

    day: date
    known: bool


@dataclass(frozen=True)
class Span:
    """A number of working days; `known` is False where the holidays of a year it touches are not published yet."""

    days: int
    known: bool


@dataclass(frozen=True)
class _Calendar:
    special: dict[date, SpecialDay]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        special = self.special.get(day)
        return day.weekday() < SATURDAY if special is None else special.kind == SpecialDay.Kind.WORKING

    def knows(self, first: date, last: date) -> bool:
        return self.years.issuperset(range(first.year, last.year + 1))


def deadline_on(day: date) -> Deadline:
    """Return a day that was kept as a due day, with whether its year is known by now."""
    return Deadline(day, known=day.year in _calendar().years)


def first_working_day(day: date) -> Deadline:
    """Return the day itself when it is a working day, else the next one that is.

    Of a year whose holidays are not known the plain day is returned: nothing is guessed, and the deadline says so.
    """
    calendar = _calendar()
    while day.year in calendar.years and not calendar.is_working(day):
        day += ONE_DAY
    return Deadline(day, known=day.year in calendar.years)


def add_working_days(day: date, number: int) -> Deadline:
    """Return the day which is so many working days after `day`; `day` itself never counts.

    None after it is the first working day from `day` on. In a year whose holidays are not known Monday to Friday are
    counted, and the deadline says so. Raises ValueError for a negative number: see `working_days_before`.
    """
    if number < 0:
        raise ValueError(f"{number} working days after a day are none; ask for working_days_before.")
    if number == 0:
        return first_working_day(day)
    calendar, end = _calendar(), day
    for __ in range(number):
        end = next(_working_days_from(end, calendar, ONE_DAY))
    return Deadline(end, known=calendar.knows(day, end))


def working_days_before(day: date, number: int) -> Deadline:
    """Return the day which is so many working days before `day`; `day` itself never counts.

    None before it is the last working day up to `day`. Unknown years as in `add_working_days`. Raises ValueError for
    a negative number.
    """
    if number < 0:
        raise ValueError(f"{number} working days before a day are none; ask for add_working_days.")
    calendar, begin = _calendar(), day if number else day + ONE_DAY
    for __ in range(max(number, 1)):
        begin = next(_working_days_from(begin, calendar, -ONE_DAY))
    return Deadline(begin, known=calendar.knows(begin, day))


def working_days_between(first: date, last: date) -> Span:
    """Count the working days after `first` up to and with `last`; the number is negative when `last` is earlier."""
    if last < first:
        back = working_days_between(last, first)
        return Span(-back.days, back.known)
    calendar = _calendar()
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return Span(sum(map(calendar.is_working, days)), calendar.knows(first, last))


def special_days() -> Mapping[date, SpecialDay]:
    """Return the days off and the weekends worked, of all years that are known."""
    return _calendar().special


def forget(*_sender: object, **_signal: object) -> None:
    """Let go of the days that were read; they are read anew when they are asked for."""
    _kept.calendar = None


def _working_days_from(day: date, calendar: _Calendar, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        if calendar.is_working(day):
            yield day


def _calendar() -> _Calendar:
    found = getattr(_kept, "calendar", None)
    if found is None:
        special = {one.day: one for one in SpecialDay.objects.order_by()}
        found = _kept.calendar = _Calendar(special, frozenset(day.year for day in special))
    return found
