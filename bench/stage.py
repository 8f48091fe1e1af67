"""Set a stage for measurements: a database of its own, and libraries in any number."""

import contextlib
import gc
import random
import statistics
import time
from datetime import date

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from members.divisions.actions import load_foshan
from members.indicators.dictionary import load_first_indicators
from members.libraries.models import Division, Library, Spell
from reports.demo import libraries
from reports.demo.cast import open_libraries, seat_people
from workgroups.groups.actions import found_first_groups

TODAY = date(2026, 11, 1)


@contextlib.contextmanager
def scratch_database():
    """Work on a test database which is dropped at the end."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        yield
    finally:
        teardown_databases(old, verbosity=0)


def clear():
    """Empty all tables of the portal."""
    tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    kept = {"django_content_type", "auth_permission"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{name}"' for name in tables if name not in kept)
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            return
        connection.disable_constraint_checking()
        for name in set(tables) - kept:
            cursor.execute(f'DELETE FROM "{name}"')
        connection.enable_constraint_checking()


def set_up(count):
    """Fill the registry with so many libraries, straight into the tables, and return the people of the cast."""
    clear()
    load_foshan()
    load_first_indicators()
    found_first_groups()
    open_libraries()
    people = seat_people("only-for-measuring")
    _add_points(count - Library.objects.count())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return people


def _add_points(count):
    """Add service points in all towns; measurements are of reading, so this skips the checks of the actions."""
    dice = random.Random(7)
    towns = list(Division.objects.filter(level=Division.Level.TOWN).select_related("parent"))
    parents = {
        spell.district_id: spell.library_id for spell in Spell.objects.as_of().filter(level=Spell.Level.DISTRICT)
    }
    picks = [dice.choice(towns) for __ in range(count)]
    made = Library.objects.bulk_create([Library(code=f"PT{number:06}") for number in range(count)], batch_size=2000)
    Spell.objects.bulk_create(
        [
            Spell(
                library=library,
                since=date(2020, 1, 1),
                name=f"{town.name}{dice.choice(libraries.KINDS)}{library.code}",
                level=Spell.Level.POINT,
                level_rank=4,
                parent_id=parents[town.parent_id],
                district=town.parent,
                town=town,
                address=f"{town.name}{library.code}号",
            )
            for library, town in zip(made, picks, strict=True)
        ],
        batch_size=2000,
    )


def seconds(action, *, times=3):
    """Return the median wall time of an action, the garbage collected before each call."""
    taken = []
    for __ in range(times):
        gc.collect()
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
