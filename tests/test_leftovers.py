"""The guard against leftovers names what stays, and takes nothing else for it."""

import threading

import psycopg2
import pytest
from django.db import connection

from tests.leftovers import end, other_connections, settled, threads


def test_a_thread_that_runs_on_is_seen_and_one_that_ended_is_not():
    before, stop = threads(), threading.Event()
    thread = threading.Thread(target=stop.wait, name="lingering")
    thread.start()
    assert {one.name for one in threads() - before} == {"lingering"}
    stop.set()
    assert settled(lambda: threads() - before) == set()


def another_connection():
    at = connection.settings_dict
    return psycopg2.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"], dbname=at["NAME"]
    )


@pytest.mark.django_db
def test_a_connection_that_stays_is_seen_with_what_it_did_last_and_ended():
    if connection.vendor != "postgresql":
        # In memory there is one connection only.
        assert other_connections() == {}
        return
    with another_connection().cursor() as cursor:
        cursor.execute("SELECT 'the last words'")
    left = other_connections()
    assert list(left.values()) == ["SELECT 'the last words'"]
    end(left)
    assert settled(other_connections) == {}
