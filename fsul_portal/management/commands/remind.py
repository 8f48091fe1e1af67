"""Do the reminders that are due on a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import RemindersBroken, remind


class Command(BaseCommand):
    help = "Does the reminders due that day, prints a line for each that it sent and at last how many."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="The day, as 2026-10-31; today by default.")

    def handle(self, *args: Any, on: str | None = None, **options: Any) -> None:
        try:
            day = date.fromisoformat(on) if on else timezone.localdate()
        except ValueError as problem:
            raise CommandError(f"--on takes a day such as 2026-10-31, not {on!r}.") from problem
        with translation.override(settings.LANGUAGE_CODE):
            try:
                self.tell(remind(day))
            except RemindersBroken as problem:
                self.tell(problem.notices)
                raise CommandError(str(problem)) from problem

    def tell(self, notices: list[Notice]) -> None:
        """Print a line for each notice and how many there were."""
        for notice in notices:
            self.stdout.write(f"{notice.recipient.username}: {notice.subject}")
        self.stdout.write(f"{len(notices)} sent")
