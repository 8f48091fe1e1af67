"""Hold that what tests have undone is swept out of the tables, and never under a test."""

import pytest
from django.db import connection, transaction

from fsul_portal.records.models import Record
from tests.prepared import TESTS_TO_SWEEP, tables

# PostgreSQL's own count of the rows: -1 where nobody has counted.
COUNTED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= 0 AND relname = ANY(%s)"


@pytest.mark.django_db(transaction=True)
def test_after_so_many_tests_the_tables_are_emptied_but_not_under_a_fixture_that_has_written(django_db_setup):
    Record.objects.create(verb="began")
    with transaction.atomic():
        django_db_setup.tests = TESTS_TO_SWEEP
        django_db_setup.begin_test()
        assert Record.objects.count() == 1
    django_db_setup.begin_test()
    assert (Record.objects.count(), django_db_setup.tests) == (0, 0)


@pytest.mark.django_db
def test_nobody_counts_rows_between_two_tests_when_there_are_none():
    if connection.vendor != "postgresql":
        return  # It alone plans by what it has counted.
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [list(tables())])
        assert cursor.fetchall() == []
