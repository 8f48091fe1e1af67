from typing import Any

from django.core.management.base import BaseCommand

from fsul_portal.access.checks import deviations


class Command(BaseCommand):
    help = "Name everybody who holds more (+) or less (-) than the roles bring; exit status 1 if there is anybody."

    def handle(self, *args: Any, **options: Any) -> None:
        found = deviations()
        for one in found:
            self.stdout.write(str(one))
        self.stdout.write(f"{len(found)} deviate")
        if found:
            raise SystemExit(1)
