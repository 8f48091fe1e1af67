"""Fail the test that leaves a thread or a connection behind, by its name: at the end nobody knows whose it was."""

import threading
import time

import pytest
from django.db import connection
from django.test.testcases import LiveServerThread
from pytest_django.plugin import blocking_manager_key

# So long PostgreSQL itself waits for the others before it refuses to drop a database.
SECONDS_TO_LEAVE = 5
# The watch over the driver's process, as Python calls it from 3.11.3 on, and before.
WATCH = ("asyncio-waitpid", "waitpid")
BEFORE = pytest.StashKey[set]()
# Only clients' own: the server's workers, such as the vacuum, come and go by themselves, and nobody may end them.
# Within a transaction PostgreSQL shows the picture of its first look again, unless it is told not to.
OTHERS = """
    SELECT pg_stat_clear_snapshot();
    SELECT pid, query FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend' AND usename = current_user
"""


def threads():
    """Return the threads that run, but for those that live on with the stories: the server's and the driver's watch."""
    return {
        one
        for one in threading.enumerate()
        if one.is_alive() and not isinstance(one, LiveServerThread) and not one.name.startswith(WATCH)
    }


def other_connections():
    """Return the other connections to this worker's database: their processes, and what they did last."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return dict(cursor.fetchall())


def settled(look):
    """Return what is left once everybody had time to leave."""
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    while (left := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def end(processes):
    """End the connections: the next test is not to blame for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(processes)])


def connections_left(item):
    if "django_db_setup" not in item.fixturenames:
        return {}
    with item.config.stash[blocking_manager_key].unblock():
        left = settled(other_connections)
        if left:
            end(left)
    return left


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    item.stash[BEFORE] = threads()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Look when all that the test was lent is given back."""
    result = yield
    left = [f"thread {thread.name}" for thread in settled(lambda: threads() - item.stash[BEFORE])]
    # After the last test this worker's database is gone, and Django is back at one that all workers share.
    if nextitem is not None:
        left += [f"connection after {query!r}" for query in connections_left(item).values()]
    if left:
        pytest.fail(f"This test leaves behind: {'; '.join(left)}", pytrace=False)
    return result
