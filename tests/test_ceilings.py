"""Hold how many queries the pages opened most may cost, whoever of the cast opens them; `make measures` has all."""

import pytest

from ops.measures import QUERIES_OF_A_PAGE
from tests.page_queries import READERS, queries_of
from tests.permission_table import address, clients_of, set_table

PAGES = (
    "committee:meeting-detail",
    "dashboard",
    "deputy-list",
    "members:library-detail",
    "reports:edition-detail",
    "returns:return-detail",
    "returns:return-list",
    "task-detail",
    "workgroups:coordination:filing-agree",
    "workgroups:coordination:filing-detail",
    "workgroups:coordination:filing-recall",
)


@pytest.fixture
def things(cast):
    return set_table(cast)


def test_no_page_costs_more_than_its_ceiling(cast, things):
    clients = clients_of(cast)
    found = {page: [queries_of(clients[reader], address(page, things)) or 0 for reader in READERS] for page in PAGES}
    assert {page: costs for page, costs in found.items() if max(costs) > QUERIES_OF_A_PAGE} == {}
    # A page that nobody is shown would hold any ceiling.
    assert [page for page, costs in found.items() if not any(costs)] == []
