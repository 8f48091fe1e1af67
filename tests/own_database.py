"""Refuse a test that works on the database without asking for one: alone, it would empty the one of the portal itself.

Only for tests with the mark, or with a fixture of the library, is a database of their own made. Whoever takes
`django_db_setup` in a fixture of a module is served as long as any other test of the run asks, and by the database of
the settings when it runs alone.
"""

import pytest

ASK = {"db", "transactional_db", "live_server"}
REFUSED = "These tests work on the database and do not ask for one; mark their module with pytest.mark.django_db: %s"


def unasked(items):
    """Return the tests that would work on the database of the settings, by name."""
    return [
        item.nodeid
        for item in items
        if "django_db_setup" in item.fixturenames
        and not ASK.intersection(item.fixturenames)
        and item.get_closest_marker("django_db") is None
    ]


def pytest_collection_modifyitems(items):
    if found := unasked(items):
        raise pytest.UsageError(REFUSED % ", ".join(found))
