from typing import Any

from django.core.management.base import BaseCommand

from fsul_portal.finding.actions import fill_search_words


class Command(BaseCommand):
    help = "Write the search words of all rows anew, after a way of reading has changed; again, none is written."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{fill_search_words(anew=True)} written")
