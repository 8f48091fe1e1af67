"""Keep the migrated database and the stage as copies inside the database, and put them back in one statement each.

The copies stand in tables beside the real ones. Keys never repeat: the stage has used its keys up before the first test
begins, so what a test creates comes after the stage and never in its place.

What a test undoes stays in the files of its tables until it is swept out. PostgreSQL sweeps when it finds the time, and
then counts rows between two tests, when there are none: whoever came next was answered by a plan for empty tables.
So it leaves these tables alone, and they are emptied after so many tests.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

# The tables of the stage are then some megabytes large.
TESTS_TO_SWEEP = 200


def tables():
    """Return the table of each model, those between two models included, with the column of its key.

    A test may bring a model of its own, which has no table yet.
    """
    there = set(connection.introspection.table_names())
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: one._meta.pk.column for one in models if one._meta.db_table in there}


def run(statements):
    """Execute all statements; PostgreSQL takes them in one round."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(";".join(statements))
            return
        for statement in statements:
            cursor.execute(statement)


class Copy:
    """The rows of all tables at one moment, but for those which another copy has already."""

    def __init__(self, name, leaving_out=None):
        self.name = name
        keys = tables()
        run([self._copying(table, key, leaving_out) for table, key in keys.items()])
        self.tables = [table for table in keys if not is_empty(self._place(table))]

    def _place(self, table):
        return f"{self.name}__{table}"

    def _copying(self, table, key, leaving_out):
        rows = f'SELECT * FROM "{table}"'
        if leaving_out:
            rows += f' WHERE "{key}" NOT IN (SELECT "{key}" FROM "{leaving_out._place(table)}")'
        return f'CREATE TABLE "{self._place(table)}" AS {rows}'

    def put_back(self):
        # One transaction: rows may point to rows of a table that comes later.
        with transaction.atomic():
            run([f'INSERT INTO "{table}" SELECT * FROM "{self._place(table)}"' for table in self.tables])


def is_empty(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
        return cursor.fetchone() is None


class Prepared:
    """A database as it was migrated, and what `set_stage` adds to it."""

    def __init__(self, set_stage):
        if connection.vendor == "postgresql":
            run([f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)' for table in tables()])
        self.migrated = Copy("migrated")
        set_stage()
        self.stage = Copy("stage", leaving_out=self.migrated)
        self.restore()

    def begin_test(self):
        """Sweep once in so many tests; where a fixture of many tests has written already, after them."""
        self.tests += 1
        if self.tests >= TESTS_TO_SWEEP and not connection.in_atomic_block:
            self.restore()

    def restore(self):
        """Leave what the migrations left, with the same keys, and nothing else."""
        self.tests = 0
        with transaction.atomic():
            # A table that a package of tests has brought may point to one of ours; between two tests it is empty.
            run(connection.ops.sql_flush(no_style(), list(tables()), reset_sequences=False, allow_cascade=True))
            self.migrated.put_back()
        ContentType.objects.clear_cache()
