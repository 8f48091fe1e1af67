"""Hold how many queries a page may cost, whoever of the cast opens it; `make measures` prints them all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committee.meetings.models import Meeting
from fsul_portal.assignments.actions import assign
from fsul_portal.files.actions import attach
from fsul_portal.remarks.actions import remark
from members.libraries.models import Library
from ops.measures import MORE_QUERIES, QUERIES_OF_A_PAGE
from tests.page_queries import NO_PAGE, costs_of
from tests.permission_table import clients_of, set_table
from workgroups.coordination.filings.models import Filing


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
    """Every page of the addresses, so that a new one is held by itself; what has been seen is in NO_PAGE or drawn."""
    costs = dict(costs_of(clients_of(cast), things))
    limits = {page: MORE_QUERIES.get(page, QUERIES_OF_A_PAGE) for page in costs}
    assert {page: cost for page, cost in costs.items() if cost and cost > limits[page]} == {}
    assert {page for page, cost in costs.items() if cost is None} == NO_PAGE
