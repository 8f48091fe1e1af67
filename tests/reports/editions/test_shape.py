"""Hold the shape of what is frozen: a key that comes or goes needs the next number (6.1 d)."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from members.libraries.actions import change_facts, close_library, open_library
from members.libraries.models import Division
from reports.documents.versions import VERSION
from reports.editions.figures.snapshot import freeze

pytestmark = pytest.mark.clause("6.1 d")
SHAPES = Path(__file__).parent
# The keys of these are codes of libraries, districts, levels and indicators.
BY_CODE = {"districts", "districts.*", "libraries", "libraries.*", "system", "network.by_level", "network.by_district"}
BY_CODE |= {f"by_month.{name}" for name in ("districts", "districts.*", "libraries", "libraries.*")}


def keys_of(value, place=""):
    """Yield the place of every key: names, `*` for a code, `[]` for the rows of a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = "*" if place in BY_CODE else key
            here = f"{place}.{name}" if place else name
            yield here
            yield from keys_of(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{place}[]")


@pytest.fixture
def eventful(reported, library):
    """A month in which everything happened of which a report speaks."""
    above, other = library("NH001"), Division.objects.get(code="440604")
    facts = {"name": "点", "level": "point", "parent": above, "district": above.district}
    open_library("NH101", facts, since=date(2025, 3, 3))
    change_facts(library("NH002"), {"address": "新址1号"}, on=date(2025, 3, 5))
    change_facts(library("NH004"), {"district": other, "town": None}, on=date(2025, 3, 5))
    change_facts(library("NH003"), {"status": "suspended"}, on=date(2025, 1, 1))
    close_library(library("NH101"), on=date(2025, 3, 20))
    reported("NH001", "2025-02", V01=11)
    reported("NH001", "2025-03", {"V01": "核对"}, V01=12, L01="closed")


@pytest.mark.parametrize(("kind", "code"), [("monthly", "2025-03"), ("annual", "2025")])
def test_what_is_frozen_has_the_keys_of_its_number(eventful, kind, code):
    """What differs is left in var/: take it over under the next number, with its default in versions.py."""
    # What rooms give is theirs: it needs no number.
    own = {key: value for key, value in freeze(kind, code).items() if key != "rooms"}
    found = "\n".join(sorted(set(keys_of(own)))) + "\n"
    stored = SHAPES / f"shape-{VERSION}-{kind}.txt"
    if not stored.exists() or stored.read_text("utf-8") != found:
        (settings.VAR_DIR / stored.name).write_text(found, "utf-8")
    assert found.splitlines() == stored.read_text("utf-8").splitlines()
