"""Read many things as they all were at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query of the block see the database as it was at the first one; the block only reads.

    Inside somebody else's transaction that transaction's own view holds: it cannot be changed once it has begun.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        yield from _one_moment_of_sqlite()


def _one_moment_of_sqlite() -> Iterator[None]:
    # Django's own transactions take the writers' lock at once; a savepoint outside of one only takes a view.
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT one_moment")
        try:
            yield
        finally:
            cursor.execute("RELEASE one_moment")
