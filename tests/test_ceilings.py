"""Hold how many queries the page of each thing may cost, whoever of the cast opens it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.permission_table import address, set_table

# The page of a thing, and its ceiling; a new page of a register stays at 20 or below.
CEILINGS = {
    "committee:meeting-detail": 20,
    "members:library-detail": 20,
    "reports:edition-detail": 20,
    "returns:return-detail": 26,
    "workgroups:coordination:filing-detail": 20,
}
READERS = ("office", "nanhai", "nanhai-reviewer", "coordination-lead")


@pytest.fixture
def things(cast):
    return set_table(cast)


def test_no_page_of_a_thing_costs_more_than_its_ceiling(signed_in, things):
    found = {door: max(cost(signed_in(reader), address(door, things)) for reader in READERS) for door in CEILINGS}
    assert {door: (most, CEILINGS[door]) for door, most in found.items() if most > CEILINGS[door]} == {}


def cost(client, path):
    """Return the queries of the second visit; a page that is not open to the reader costs nothing here."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return len(captured) if response.status_code == 200 else 0
