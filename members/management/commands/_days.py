"""Read the days of a command line."""

from datetime import date

from django.core.management.base import CommandError


def day(text):
    """Read a day; None stays None."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError as problem:
        raise CommandError(f"A day is written like 2016-12-31, not {text!r}.") from problem
