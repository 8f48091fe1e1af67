"""Find the libraries and districts in which matters of libraries are signed, for many at once."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from members.divisions.models import Division
from members.libraries.models import Library, Spell


def libraries_of(matters: Iterable[Any]) -> dict[int, Library]:
    """Return the library of each matter, for the seats of its own people: {matter's key: it}."""
    matters = list(matters)
    found = Library.objects.in_bulk({matter.library_id for matter in matters})
    return {matter.pk: found[matter.library_id] for matter in matters}


def districts_of(matters: Iterable[Any]) -> dict[int, Division]:
    """Return the district of each matter's library, today's or, of one that has left, the last: {matter's key: it}."""
    today, found, last = timezone.localdate(), {}, {}
    spells = Spell.objects.known().filter(library__in={matter.library_id for matter in matters})
    for spell in spells.select_related("district").order_by("since"):
        last[spell.library_id] = spell.district
        if spell.covers(today):
            found[spell.library_id] = spell.district
    districts = last | found
    return {matter.pk: districts[matter.library_id] for matter in matters if matter.library_id in districts}
