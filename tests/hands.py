"""Let several threads and processes at one database, as several people and workers would be."""

import sqlite3
import threading
from urllib.parse import quote

import pytest
from django.db import connection, connections


@pytest.fixture
def many_hands(transactional_db, tmp_path):
    """Open the test's database to threads and processes; the value is its DATABASE_URL."""
    if connection.vendor == "sqlite":
        yield from _in_a_file(tmp_path / "hands.sqlite3")
    else:
        at = connection.settings_dict
        yield f"postgres://{at['USER']}:{quote(at['PASSWORD'], safe='')}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def _in_a_file(path):
    """Move the database out of the memory of this one connection for as long as the test lasts."""
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    copy = sqlite3.connect(path)
    in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield f"sqlite:///{path}"
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


def at_once(act, times=8):
    """Call `act(number)` in so many threads at the same moment; return what each gave or raised."""
    start, outcomes = threading.Barrier(times), [None] * times

    def run(number):
        start.wait(timeout=10)
        try:
            outcomes[number] = act(number)
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
