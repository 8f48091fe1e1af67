"""Load what the portal cannot do without; what is there already stays as it is."""

from django.core.management.base import BaseCommand

from fsul_portal.rooms import cards


class Command(BaseCommand):
    help = "Loads what the rooms cannot do without, and their schedules, each with how many were new; again, none is."

    def handle(self, *args, **options):
        for card in cards().values():
            for what, load in card.defaults.items():
                self.stdout.write(f"{what}: {load()}")
