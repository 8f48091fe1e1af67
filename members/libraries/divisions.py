"""Load divisions, by default those of Foshan."""

import csv
from pathlib import Path

from django.db import transaction

from members.libraries.models import Division

# Codes of the National Bureau of Statistics, snapshot of 2022-10-31; the order is the one customary in the city.
FOSHAN = Path(__file__).with_name("foshan_divisions.csv")


@transaction.atomic
def load_foshan():
    """Make sure Foshan, its 5 districts and 32 towns exist; return how many were new."""
    fresh = 0
    with FOSHAN.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            defaults = {
                "name": row["name"],
                "level": row["level"],
                "parent": Division.objects.filter(code=row["parent_code"]).first(),
                "sort": int(row["sort"]),
            }
            fresh += Division.objects.get_or_create(code=row["code"], defaults=defaults)[1]
    return fresh
