"""Lay what is due out on the days of a month."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from fsul_portal.calendar.days import special_days
from fsul_portal.calendar.models import SpecialDay
from fsul_portal.rooms import Due

# A program that reads the years 1 to 9999 only has no month before or after these.
FIRST_YEAR, LAST_YEAR = 2000, 2100
WEEKS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Day:
    """A day of the grid: whether it belongs to the month, what is special about it, what is due on it."""

    day: date
    inside: bool
    special: SpecialDay | None
    dues: tuple[Due, ...]

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def is_free(self) -> bool:
        """Say whether no work is done: a holiday, or a weekend that is not moved."""
        if self.special:
            return self.special.kind == SpecialDay.Kind.HOLIDAY
        return self.day.weekday() >= calendar.SATURDAY


@dataclass(frozen=True)
class Month:
    """A month of the calendar, in whole weeks from Monday on."""

    year: int
    month: int

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def days(self) -> list[date]:
        return list(WEEKS.itermonthdates(self.year, self.month))

    def by(self, months: int) -> "Month | None":
        """Return the month so many months later, None where the calendar ends."""
        count = self.year * 12 + self.month - 1 + months
        found = Month(count // 12, count % 12 + 1)
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None

    def laid_out(self, dues: Iterable[Due]) -> list[Day]:
        days = self.days
        special = special_days()
        by_day = defaultdict(list)
        for due in dues:
            by_day[due.day].append(due)
        return [Day(day, day.month == self.month, special.get(day), tuple(by_day[day])) for day in days]


def month_named(code: str) -> Month:
    """Return the month of a code such as 2026-11; today's where it is none."""
    year, _, month = code.partition("-")
    if year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Month(int(year), int(month))
    today = timezone.localdate()
    return Month(today.year, today.month)


def waits(due: Due) -> bool:
    """Say whether something waits to be done by the person; what has hours takes place."""
    return due.own and due.starts_at is None


def is_late(due: Due) -> bool:
    """Say whether something that waits for the person is past the last day on which it is on time."""
    return waits(due) and (due.on_time_until or due.day) < timezone.localdate()


def week_ahead() -> tuple[date, date]:
    """Return today and the last day of the seven that begin with it."""
    today = timezone.localdate()
    return today, today + timedelta(days=6)
