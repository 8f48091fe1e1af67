"""Load divisions, by default those of Foshan."""

import csv
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from fsul_portal.finding.actions import write_search_words
from members.libraries.models import Division, Spell

# Codes of the National Bureau of Statistics, snapshot of 2022-10-31; the order is the one customary in the city, the
# English names are those which the city and its districts give themselves.
FOSHAN = Path(__file__).with_name("foshan_divisions.csv")


@transaction.atomic
def load_foshan() -> int:
    """Make sure Foshan, its 5 districts and 32 towns exist, with their English names; return how many rows changed."""
    known = {division.code: division for division in Division.objects.all()}
    with FOSHAN.open(encoding="utf-8", newline="") as lines:
        standard = list(csv.DictReader(lines))
    rows = [row for row in standard if row["code"] not in known]
    named = name_in_english(standard)
    # A level at a time: a division needs its parent's key.
    for level in Division.Level.values:
        made = [
            Division(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                level=level,
                parent=known.get(row["parent_code"]),
                sort=int(row["sort"]),
            )
            for row in rows
            if row["level"] == level
        ]
        known |= {division.code: division for division in Division.objects.bulk_create(made)}
    return len(rows) + named


def name_in_english(standard: list[dict[str, str]]) -> int:
    """Give English names to divisions of an older release that have none and still bear the name of the standard."""
    english = {(row["code"], row["name"]): row["name_en"] for row in standard}
    nameless = Division.objects.filter(name_en="")
    named = [division for division in nameless if (division.code, division.name) in english]
    for division in named:
        division.name_en = english[division.code, division.name]
    Division.objects.bulk_update(named, ["name_en"])
    keys = [division.pk for division in named]
    if keys:
        write_search_words(Division.objects.filter(pk__in=keys))
        # What lies in them is found by their names.
        write_search_words(Spell.objects.filter(Q(district__in=keys) | Q(town__in=keys)))
    return len(named)
