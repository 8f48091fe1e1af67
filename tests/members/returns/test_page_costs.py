"""Show that no page asks more of the database for many libraries than for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.registers.paging import USUAL
from members.returns import actions
from reports.demo.cast import CastLibrary, open_libraries
from tests.members.returns.figures import sound

LIST, MONTHS = "/reports/returns/", "/reports/months/"


def more_libraries(count):
    open_libraries(
        CastLibrary(f"NH{number}", f"Point {number}", "point", "", "NH002", "440605", "440605011", "")
        for number in range(100, 100 + count)
    )


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("nanhai", LIST),
        ("nanhai-reviewer", LIST + "?tab=waiting"),
        ("nanhai-reviewer", LIST + "?tab=all"),
        ("office", LIST + "?tab=all&state=missing"),
        ("office", MONTHS),
        ("office", "/reports/months/2026-02/"),
        ("nanhai", "/reports/returns/export/?tab=all&format=csv"),
        ("office", "/reports/returns/template/?period=2026-02"),
        ("office", "/admin/members/return/"),
    ],
)
def test_a_page_costs_the_same_for_many_libraries(library, person, as_person, username, address):
    actions.hand_in(library("NH002"), "2026-02", sound(), {}, by=person("branch"))
    actions.save_draft(library("NH003"), "2026-02", sound(), {}, by=person("nanhai"))
    client = as_person(username)
    queries_of(client, address)
    few = queries_of(client, address)
    more_libraries(USUAL + 5)
    for number in range(100, 115):
        actions.hand_in(library(f"NH{number}"), "2026-02", sound(), {}, by=person("nanhai"))
    for month in range(1, 13):
        actions.save_draft(library("NH003"), f"2025-{month:02}", sound(), {}, by=person("nanhai"))
    assert queries_of(client, address) == few
