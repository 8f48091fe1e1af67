"""Hold how many queries the pages opened most may cost, whoever of the cast opens them; `make measures` has all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committee.meetings.models import Meeting
from fsul_portal.assignments.actions import assign
from fsul_portal.files.actions import attach
from fsul_portal.remarks.actions import remark
from members.libraries.models import Library
from ops.measures import QUERIES_OF_A_PAGE
from tests.page_queries import READERS, queries_of
from tests.permission_table import address, clients_of, set_table
from workgroups.coordination.filings.models import Filing

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
    """Make one of each thing, with files, remarks and tasks; links cost one more for each kind that they lead to."""
    things = set_table(cast)
    hang(Filing.objects.get(pk=things["filing"]), by=cast["nanhai"])
    hang(Meeting.objects.get(pk=things["meeting"]), by=cast["office"])
    return things


def hang(thing, *, by):
    attach(thing, SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"), by=by)
    remark(thing, "Why?", by=by)
    district = Library.objects.get(code="NH002").district
    for seat in ({"to": by}, {"permission": "members.sign_changes", "place": district}):
        assign("Look at it", thing=thing, by=by, **seat)


def test_no_page_costs_more_than_its_ceiling(cast, things):
    clients = clients_of(cast)
    found = {page: [queries_of(clients[reader], address(page, things)) or 0 for reader in READERS] for page in PAGES}
    assert {page: costs for page, costs in found.items() if max(costs) > QUERIES_OF_A_PAGE} == {}
    # A page that nobody is shown would hold any ceiling.
    assert [page for page, costs in found.items() if not any(costs)] == []
