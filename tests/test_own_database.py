"""No test works on the database of the portal itself, whichever of them is run alone."""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests.own_database import unasked


def item(name, *fixtures, marks=()):
    return SimpleNamespace(nodeid=name, fixturenames=fixtures, get_closest_marker=dict.fromkeys(marks, True).get)


def test_whoever_takes_the_prepared_database_asks_for_one_of_his_own():
    items = [
        item("by mark", "walk", "django_db_setup", marks=["django_db"]),
        item("by fixture", "cast", "db", "django_db_setup"),
        item("without any", "tmp_path"),
        item("unasked", "walk", "django_db_setup"),
    ]
    assert unasked(items) == ["unasked"]


def test_nobody_in_this_run_forgets_to_ask(request):
    assert unasked(request.session.items) == []


@pytest.mark.django_db
def test_a_database_of_our_own_is_made_for_whoever_asks():
    assert "test" in connection.settings_dict["NAME"] or "memory" in connection.settings_dict["NAME"]
