"""Know the working days of China, as far as they are published."""

from fsul_portal.calendar.days import (
    Deadline,
    Span,
    add_working_days,
    deadline_on,
    first_working_day,
    working_days_before,
    working_days_between,
)

__all__ = [
    "Deadline",
    "Span",
    "add_working_days",
    "deadline_on",
    "first_working_day",
    "working_days_before",
    "working_days_between",
]
