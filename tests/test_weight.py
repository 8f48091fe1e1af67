"""Hold that no list, of the portal or the admin, weighs more than 60 KB of HTML with fifty rows without a reason."""

import re

import pytest
from django.core.paginator import Page
from django.urls import NoReverseMatch, reverse

from tests.permission_table import clients_of, doors, set_table

LIMIT, WOBBLE, ROWS = 60 * 1024, 2 * 1024, 50
READERS = ("office", "admin", "coordination-lead")
# The rows of the admin, each in a body of its own; those of the portal, in the last table or list before the pages.
ADMIN_ROWS = re.compile(r'id="result_list".*?(<tbody.*</tbody>)', re.DOTALL)
# Kilobytes that a list may weigh, and why.
HEAVIER = {
    "admin:committee_meeting_changelist": (64, "seven columns, with title and place in words"),
    "admin:fsul_portal_delivery_changelist": (64, "seven columns, with what failed and why"),
    "admin:fsul_portal_record_changelist": (70, "a filter with each act that the portal records"),
    "admin:members_spell_changelist": (70, "nine columns, as the registry keeps a spell"),
}


def lists():
    """Return {name: address} of the pages that nothing has to be named for."""
    found = {}
    for page in doors():
        try:
            found[page] = reverse(page)
        except NoReverseMatch:
            continue
    return found


def rows_of(answer):
    """Return how many rows the list of a page shows; None where the page is no list."""
    context = answer.context
    if answer.status_code != 200 or context is None:
        return None
    if "cl" in context:
        return len(context["cl"].result_list)
    page = context.get("page")
    return len(page.object_list) if isinstance(page, Page) else None


def body_of(markup):
    """Return the markup of all rows of a list."""
    if found := ADMIN_ROWS.search(markup):
        return found[1]
    before = markup.partition("<main")[2].partition('class="pagination"')[0]
    return before[max(before.rfind("<tbody"), before.rfind('<ul class="files"')) :]


def at_fifty(markup, rows):
    """Return what a page weighs with fifty rows like those that it shows."""
    return len(markup.encode()) + (ROWS - rows) * len(body_of(markup).encode()) // rows


@pytest.fixture
def weights(cast):
    """Return {page: bytes with fifty rows} of every list, of the reader to whom it is heaviest."""
    set_table(cast)
    clients, found = clients_of(cast), {}
    for page, address in lists().items():
        for reader in READERS:
            answer = clients[reader].get(address)
            if rows := rows_of(answer):
                found[page] = max(found.get(page, 0), at_fifty(answer.content.decode(), rows))
    return found


def test_no_list_is_heavier_than_its_limit(weights):
    """The frame of the admin, its theme's, weighs some 22 KB of each; that of the portal 12 KB."""
    assert len(weights) > 20
    limits = {page: kilobytes * 1024 for page, (kilobytes, __) in HEAVIER.items()}
    assert {page: weight for page, weight in weights.items() if weight > limits.get(page, LIMIT)} == {}
    # The days that stand in the rows are written with more signs in December than in May.
    assert [page for page in HEAVIER if weights.get(page, 0) <= LIMIT - WOBBLE] == []
