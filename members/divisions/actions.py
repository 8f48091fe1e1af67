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
    known = {division.code: division for division in Division.objects.all()}
    fresh = 0
    with FOSHAN.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"] not in known]
    # A level at a time: a division needs its parent's key.
    for level in Division.Level.values:
        made = [
            Division(
                code=row["code"],
                name=row["name"],
                level=level,
                parent=known.get(row["parent_code"]),
                sort=int(row["sort"]),
            )
            for row in rows
            if row["level"] == level
        ]
        known |= {division.code: division for division in Division.objects.bulk_create(made)}
        fresh += len(made)
    return fresh
