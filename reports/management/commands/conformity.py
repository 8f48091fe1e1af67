"""Say what holds each duty of the standard, for other systems."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from reports.conformity.evidence import as_plain


class Command(BaseCommand):
    help = "Writes the 39 duties and the two bodies of the standard with what holds each on a day."

    def add_arguments(self, parser):
        parser.add_argument("--on", help="the day, as 2026-10-31; today by default")
        parser.add_argument("--format", choices=["json"], default="json")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args, on, out, **options):
        try:
            day = date.fromisoformat(on) if on else timezone.localdate()
        except ValueError as problem:
            raise CommandError(f"--on takes a day such as 2026-10-31, not {on!r}.") from problem
        with translation.override("zh-hans"):
            duties = as_plain(day)
        try:
            out.write_text(json.dumps(duties, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{out} could not be written: {problem.strerror or problem}") from problem
        held = sum(duty["standing"] == "held" for duty in duties)
        self.stdout.write(f"{out}: {held} of {len(duties)} held on {day}")
