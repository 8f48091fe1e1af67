from typing import Any

from django.core.management.base import BaseCommand

from fsul_portal.access.checks import deviations
from fsul_portal.rooms import offered


class Command(BaseCommand):
    help = (
        "Name everybody who holds more (+) or less (-) than the roles bring, or than his seats bring; exit status 1 if "
        "there is anybody."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[Any] = [*deviations(), *offered("roles")]
        for one in found:
            self.stdout.write(str(one))
        self.stdout.write(f"{len(found)} deviate")
        if found:
            raise SystemExit(1)
